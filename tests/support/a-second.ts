/** The second that is promised, in ms, with the patience that a test needs on two cores that do other work as well. */
export const A_SECOND = 5_000;
