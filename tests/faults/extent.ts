/** `npm run test:faults -- --all`: everything, as often and as long as the fault matrix says; otherwise what every run of CI has time for. */
export const ALL = process.env.FAULTS === "all";
