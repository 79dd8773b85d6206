import type { Instance } from '../../../lib/artifact/artifact';
import { configured } from './terraform-artifact';

function settings(machine: object, type: string = 'google_compute_instance_template'): Instance | undefined {
  const network_interface = [{ network: 'default' }];
  return configured({ [type]: { m: { network_interface, ...machine } } }).hosts[0]?.instance;
}

test("what a machine does not say is Google's default", () => {
  expect(settings({})).toMatchObject({
    entries: {},
    shielded: { secureBoot: false, vtpm: true, integrityMonitoring: true },
    canForward: false,
  });
  expect(settings({})?.image).toBeUndefined();
});

test('entries are told without the user data, and a value that only the cloud knows as none', () => {
  const metadata = { 'user-data': '#cloud-config\n{}\n', 'enable-oslogin': 'TRUE', other: '${var.other}', on: true };
  expect(settings({ metadata })?.entries).toEqual({ 'enable-oslogin': 'TRUE', other: undefined, on: 'true' });
});

test.each([
  [
    { enable_secure_boot: true, enable_vtpm: false },
    { secureBoot: true, vtpm: false, integrityMonitoring: true },
  ],
  [
    { enable_secure_boot: '${var.boot}', enable_integrity_monitoring: false },
    { secureBoot: undefined, vtpm: true, integrityMonitoring: false },
  ],
])('Shielded VM is what it says: %j', (shielded_instance_config, expected) => {
  expect(settings({ shielded_instance_config })?.shielded).toEqual(expected);
  expect(settings({ shielded_instance_config: [shielded_instance_config] })?.shielded).toEqual(expected);
});

test.each([
  [{ can_ip_forward: true }, true],
  [{ can_ip_forward: '${var.forward}' }, true],
  [{ can_ip_forward: false }, false],
])('packets of others are sent on: %j', (machine, expected) => {
  expect(settings(machine)?.canForward).toBe(expected);
});

test.each([
  ['google_compute_instance_template', { disk: [{ source_image: 'data' }, { boot: true, source_image: 'cos' }] }],
  ['google_compute_instance_template', { disk: [{ source_image: 'cos' }] }],
  ['google_compute_instance', { boot_disk: [{ initialize_params: [{ image: 'cos' }] }] }],
])('%s names the image of its boot disk: %j', (type, machine) => {
  expect(settings(machine, type)?.image).toEqual(['cos']);
});

test('the files that the start of a machine writes are told', () => {
  const text = '#cloud-config\nwrite_files: [{ path: /etc/portcullis/guard, content: one }]\n';
  const files = settings({ metadata: { 'user-data': text } })?.files;
  expect(files).toEqual(new Map([['/etc/portcullis/guard', 'one']]));
});
