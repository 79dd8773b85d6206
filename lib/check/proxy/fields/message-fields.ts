/**
 * What a field holds: `text`, `flag`, `true` (a flag that cannot be false), `number`, `duration`, `json` (anything), `any` (an extension
 * with its own type), values of an enumeration (`A|B`), the name of a message, a list of these (`[text]`) or a map (`{Policy}`).
 */
export type FieldKind = string;

/** The understood fields of messages, by message and by Envoy's own names. */
export type MessageFields = Readonly<Record<string, Readonly<Record<string, FieldKind>>>>;
