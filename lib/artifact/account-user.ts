/** Something that runs as an account, or has tokens made in its name. */
export interface AccountUser {
  readonly id: string;
  /** As grants are compared by. */
  readonly account: string;
}
