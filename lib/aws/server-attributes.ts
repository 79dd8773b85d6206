/** What is known of a server of another stack. Its own stack prints it, or exports it. */
export interface RestateServerAttributes {
  /** The host names that callers use. */
  readonly hostnames: readonly string[];
  /** `restate.ingressDoor.securityGroupId`. */
  readonly ingressSecurityGroupId: string;
  /** `restate.services.securityGroupId`. */
  readonly servicesSecurityGroupId: string;
  /** `restate.identityPublicKeys`. */
  readonly identityPublicKeys: readonly string[];
  /** `restate.logGroup.logGroupArn`. */
  readonly logGroupArn: string;
}
