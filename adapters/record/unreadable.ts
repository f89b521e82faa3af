/** Told when a kept object cannot be read and counts as absent: worth a line in the log, never a failed tick. */
export type UnreadableNotice = (object: string, reason: string) => void;

/** A warning in the log, worded as the functions' own logger does. */
export const unreadableTo =
  (write: (line: string) => void): UnreadableNotice =>
  (object, reason) =>
    write(
      JSON.stringify({ level: 'WARN', message: 'a kept object cannot be read and counts as absent', object, reason }),
    );
