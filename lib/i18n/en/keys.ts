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
      search: "Search messages",
      previous: "Previous, next room",
      previousUnread: "Previous, next room with new messages",
      send: "Send",
      line: "New line",
      editLast: "In an empty field: edit what you said last",
      messages: "From message to message",
      escape: "In turn: close, mark as read, jump to the latest",
      list: "This list",
    },
  },
};
