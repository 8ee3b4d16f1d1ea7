/** The page could not be drawn. Apart from the rest: who sees it may have nothing else of this place. */
export const failed = {
  title: "Something went wrong",
  text: "The fault is ours, not yours. Messages you sent are safe. Please try again.",
  retry: "Try again",
};
