/** A place as it is to be: all that its needs follow from. */
export interface Place {
  /** Connected at the same time. */
  people: number;
  nodes: number;
  rooms: number;
  /** Rooms that somebody has joined, on average. */
  joined: number;
  /** Posts a second, over all rooms. */
  posts: number;
}

/** What goes on in a second, whatever it runs on. */
export interface Traffic {
  /** Hints that nodes hand to the broker: one a post. */
  published: number;
  /** Hints that nodes get from it and pass on, all nodes together. */
  heard: number;
  /** Copies of messages to those who have the room open. */
  streams: number;
  /** Copies of "something new" to the inboxes of a room's members, at most one a second and room for each. */
  bumps: number;
  /** Questions to the database that nobody asked for: changes of access, the heads of rooms, and what cannot be searched yet. */
  looks: number;
}

/** Looks of one node in a second. */
const LOOKS = 5 + 1 / 2 + 1 / 2;

/**
 * Everybody has one room open; members are spread over the nodes by chance, as a balancer without sticky sessions does it; rooms are alike. In places where a
 * few rooms hold most people there are more copies, and as many hints.
 */
export function trafficOf({ people, nodes, rooms, joined, posts }: Place): Traffic {
  const members = (people * joined) / rooms;
  // The sender's node is one of the room's; each other one with the chance that one of the remaining members is there.
  const others = (nodes - 1) * (1 - (1 - 1 / nodes) ** Math.max(0, members - 1));
  return {
    published: nodes > 1 ? posts : 0,
    heard: posts * others,
    streams: (posts * people) / rooms,
    bumps: Math.min(posts, rooms) * members,
    looks: nodes * LOOKS,
  };
}

/** What one of each costs: microseconds of processor time, bytes. Measured; docs/scaling.md says how. */
export interface Costs {
  /** On a node. */
  post: number;
  delivery: number;
  hint: number;
  /** To connect, sign in, and open a room and the inbox. */
  arrival: number;
  connection: number;
  /** On PostgreSQL. */
  storedPost: number;
  storedArrival: number;
  look: number;
  /** On the broker, for each hint that it hands to a node. */
  carried: number;
}

export interface Needs {
  /** Processors' worth of steady work. */
  nodeCores: number;
  databaseCores: number;
  brokerCores: number;
  /** Bytes of connections, over all nodes. */
  memory: number;
  /** Seconds that a node needs to take its share of the people when all come at once, and the database for all of them. */
  arrivalAtNode: number;
  arrivalAtDatabase: number;
}

const MICROS = 1_000_000;

/** `databaseCores` processors are what the database has for those who arrive. */
export function needsOf(place: Place, costs: Costs, database: { cores: number }): Needs {
  const { published, heard, streams, bumps, looks } = trafficOf(place);
  const onNodes = place.posts * costs.post + (streams + bumps) * costs.delivery + (published + heard) * costs.hint;
  return {
    nodeCores: onNodes / MICROS,
    databaseCores: (place.posts * costs.storedPost + looks * costs.look) / MICROS,
    brokerCores: (heard * costs.carried) / MICROS,
    memory: place.people * costs.connection,
    arrivalAtNode: ((place.people / place.nodes) * costs.arrival) / MICROS,
    arrivalAtDatabase: (place.people * costs.storedArrival) / MICROS / database.cores,
  };
}
