/** The page that searches messages. */
export const search = {
  title: "Search messages",
  label: "What was said",
  hint: "Part of a word is enough, spaces do not count in Korean, and of several words all have to be in a message.",
  less: "Narrow it down",
  operators: {
    from: ["from:me, from:“Kim Jun”", "written by somebody"],
    in: ["in:design", "in one room"],
    days: ["after:2026-11-01 before:2026-12-01", "in that month"],
    link: ["has:link", "with a link in it"],
    phrase: ["“search box”", "exactly these words"],
  },
  results: "Messages that were found",
  found: (count: number, goesOn: boolean) =>
    goesOn ? `${count} messages, and more` : `${count} ${count === 1 ? "message" : "messages"}`,
  none: (query: string) => `Nothing was found for “${query}”`,
  noneHint: "Rooms that you may not read are never searched. Try fewer words, or part of one.",
  noneYet: "Nothing so far",
  noneYetHint: "There are older messages that have not been looked at.",
  unclear: {
    from: (name: string) =>
      `Nobody here is called “${name}”. Write the whole name, in quotes if it has spaces: from:“Kim Jun”.`,
    in: (name: string) =>
      `You have no room called “${name}”. Write the whole name, in quotes if it has spaces: in:“Design team”.`,
    before: (day: string) => `“${day}” is no day. Write it as 2026-11-28.`,
    after: (day: string) => `“${day}” is no day. Write it as 2026-11-28.`,
    has: (thing: string) => `“has:${thing}” is not known. There is has:link.`,
  },
  preparing: "Some older messages cannot be found yet. They are being made ready.",
  more: "Show more",
  searching: "Searching",
  failed: "The search did not work.",
  retry: "Try again",
  back: "Back to the rooms",
  unknownRoom: "A room",
};
