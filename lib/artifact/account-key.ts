/** A key of a service account that the file makes, for whoever reads the state or the place that it is put. */
export interface AccountKey {
  /** Address of the resource. */
  readonly id: string;
  /** The account, as grants are compared by. Absent: the file does not say which. */
  readonly account?: string;
}
