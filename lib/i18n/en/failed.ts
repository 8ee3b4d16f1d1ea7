/** The page could not be drawn. Apart from the rest: who sees it may have nothing else of this place. */
export const failed = {
  title: "Something went wrong",
  text: "It is not your doing, and nothing you wrote is lost. Please try again.",
  retry: "Try again",
};
