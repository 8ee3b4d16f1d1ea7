import { failed } from "./failed.ts";

export const common = {
  product: "Sarangbang",
  close: "Close",
  cancel: "Cancel",
  save: "Save",
  copied: "Copied",
  showPassword: "Show password",
  hidePassword: "Hide password",
  notices: "Notices",
  unreachable: "The server cannot be reached. Please check your connection and try again.",
  /** Of parts of the page that are loaded when they are opened. */
  late: {
    failed: "This could not be loaded. Please try again when the connection is back.",
    replaced: "There is a new version. Please reload the page; what you have written is kept.",
    reload: "Reload",
  },
  retryIn: (seconds: number) => `Please try again in ${seconds} ${seconds === 1 ? "second" : "seconds"}.`,
  /** Why it is forbidden, by the refusal's field, where the general sentence does not say what to do. */
  reasons: {
    lastRoomAdmin: "A room needs an admin. Make somebody else its admin first, or archive the room.",
    lastAdmin: "This place needs an admin. Make somebody else an admin first.",
    kind: "Only admins of this place can make a room one for admins only.",
  },
  suspended: "suspended",
  bot: "bot",
  admin: "admin",
  notFound: {
    title: "There is nothing here",
    text: "This page does not exist, or it is not for you to see.",
    home: "Back to the rooms",
  },
  failed,
};
