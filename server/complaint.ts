/** Something the operator can mend: its message is the one sentence that is shown, without a stack. */
export class Complaint extends Error {}
