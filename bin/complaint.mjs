/** Something the person at the terminal can mend: its message is shown alone, without a stack trace. */
export class Complaint extends Error {
  name = "Complaint";
}
