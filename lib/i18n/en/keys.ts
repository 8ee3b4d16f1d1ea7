/** What the quick switcher and the list of keys say: neither is there when a room is first drawn. */
export const keys = {
  switcher: {
    title: "Go to a room",
    placeholder: "Room name",
    none: "No room by that name.",
    hint: "↑ ↓ to choose, Enter to go, Esc to close",
  },
  list: {
    title: "Keyboard shortcuts",
    rows: {
      switcher: "Find a room",
      previous: "Previous, next room",
      previousUnread: "Previous, next room with new messages",
      send: "Send",
      line: "New line",
      messages: "From message to message, in the timeline",
      escape: "Close what is open, then mark as read, then jump to the latest message",
      list: "This list",
    },
  },
};
