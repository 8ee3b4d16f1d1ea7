/** The room that every place begins with, and what the place says in it first. */
export const lobby = {
  name: "Lobby",
  welcome: (place: string) =>
    [
      `Welcome to ${place}. Everybody who joins comes into this room.`,
      "Admins invite others: by pressing the name of the place at the top left and choosing “Invite people”, which gives a link and a QR code. Whoever opens the link makes an account and is here with you.",
    ].join("\n\n"),
};
