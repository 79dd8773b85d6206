/** A single change that one may want to be told, and that is not. The test demands that each of them is still untold. */
export interface KnownSurvivor {
  /** Type, role, place and operator of the candidate, with spaces between them. */
  readonly name: string;
  readonly why: string;
}

const BY_INTENT = 'for whom tokens are meant stands nowhere but here';
const WITHOUT_IPV6 = 'no machine of the network has an address of IPv6';
const TO_GOOGLE_ALONE = 'the addresses are those of the APIs of Google, whatever the port';
const LINES_ALONE = 'who writes lines into a log reads nothing';
const BEHIND_THE_FIREWALL = 'the firewall lets the tunnel to the same port alone';
const IMPLIED = 'a network refuses what no rule admits';
const BY_PROJECT = 'the serial port is off unless the project says otherwise';

/** What the check does not tell. */
export const KNOWN_SURVIVORS: readonly KnownSurvivor[] = [
  { name: 'google_cloud_run_v2_service Greeter .custom_audiences extra-first-other', why: BY_INTENT },
  { name: 'google_cloud_run_v2_service Greeter .custom_audiences extra-last-other', why: BY_INTENT },
  {
    name: 'google_compute_firewall Restate_Firewall_CallersByRange .source_ranges extra-first-everybody-6',
    why: WITHOUT_IPV6,
  },
  {
    name: 'google_compute_firewall Restate_Firewall_CallersByRange .source_ranges extra-last-everybody-6',
    why: WITHOUT_IPV6,
  },
  { name: 'google_compute_firewall Restate_Firewall_DenyIn  delete', why: IMPLIED },
  { name: 'google_compute_firewall Restate_Firewall_Front .source_ranges extra-first-everybody-6', why: WITHOUT_IPV6 },
  { name: 'google_compute_firewall Restate_Firewall_Front .source_ranges extra-last-everybody-6', why: WITHOUT_IPV6 },
  { name: 'google_compute_firewall Restate_Firewall_Health .source_ranges extra-first-everybody-6', why: WITHOUT_IPV6 },
  { name: 'google_compute_firewall Restate_Firewall_Health .source_ranges extra-last-everybody-6', why: WITHOUT_IPV6 },
  {
    name: 'google_compute_firewall Restate_Firewall_OperatorsByTunnel .source_ranges extra-first-everybody-6',
    why: WITHOUT_IPV6,
  },
  {
    name: 'google_compute_firewall Restate_Firewall_OperatorsByTunnel .source_ranges extra-last-everybody-6',
    why: WITHOUT_IPV6,
  },
  { name: 'google_compute_firewall Restate_Firewall_ToGoogle .allow extra-first-ssh', why: TO_GOOGLE_ALONE },
  { name: 'google_compute_firewall Restate_Firewall_ToGoogle .allow extra-last-ssh', why: TO_GOOGLE_ALONE },
  {
    name: 'google_compute_firewall Restate_Firewall_ToGoogle .allow[tcp].ports extra-first-admin',
    why: TO_GOOGLE_ALONE,
  },
  {
    name: 'google_compute_firewall Restate_Firewall_ToGoogle .allow[tcp].ports extra-last-admin',
    why: TO_GOOGLE_ALONE,
  },
  { name: 'google_compute_firewall Restate_Firewall_ToGoogle .allow[tcp].protocol weaker--1', why: TO_GOOGLE_ALONE },
  { name: 'google_compute_instance_template Restate_Instance .metadata.serial-port-enable delete', why: BY_PROJECT },
  { name: 'google_iap_tunnel_instance_iam_member Restate_OperatorTunnel0 .condition delete', why: BEHIND_THE_FIREWALL },
  {
    name: 'google_iap_tunnel_instance_iam_member Restate_OperatorTunnel0 .condition.expression delete',
    why: BEHIND_THE_FIREWALL,
  },
  {
    name: 'google_iap_tunnel_instance_iam_member Restate_OperatorTunnel0 .role role-roles/owner',
    why: BEHIND_THE_FIREWALL,
  },
  { name: 'google_project_iam_member Restate_Account_Logs .member member-allAuthenticatedUsers', why: LINES_ALONE },
  { name: 'google_project_iam_member Restate_Account_Logs .member member-allUsers', why: LINES_ALONE },
];
