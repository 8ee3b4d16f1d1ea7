/** Turns what SQLite says about a file that cannot be opened into one sentence for the person who starts the server. */
export function explain(error: unknown, file: string): Error {
  const { code = "", message } = error as { code?: string; message: string };
  const [, sentence] = SENTENCES.find(([pattern]) => pattern.test(`${code} ${message}`)) ?? [];
  return sentence ? new Error(sentence(file), { cause: error }) : (error as Error);
}

const SENTENCES: [RegExp, (file: string) => string][] = [
  [
    /SQLITE_NOTADB|SQLITE_CORRUPT/,
    (file) => `${file} is not a SQLite database that can be read; move it away or restore a backup.`,
  ],
  [/SQLITE_BUSY|SQLITE_LOCKED/, (file) => `${file} is locked by another program; stop that one and try again.`],
  [/SQLITE_READONLY|EACCES|EPERM|EROFS/, (file) => `${file} cannot be written; check who owns it and its folder.`],
  [
    /SQLITE_CANTOPEN|directory does not exist|ENOENT|ENOTDIR|EISDIR/,
    (file) => `${file} cannot be opened; check that its folder exists and can be written.`,
  ],
  [
    /SQLITE_IOERR|EIO|EFBIG/,
    (file) => `${file} cannot be read or written: the disk, or a limit of this user, does not let it.`,
  ],
  [/SQLITE_FULL|ENOSPC/, (file) => `There is no space left on the disk of ${file}.`],
];
