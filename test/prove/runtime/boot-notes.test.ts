import { serviceReplacement } from '../../../lib/prove/runtime/boot-notes';
import { artifact } from '../fake-deployment';
import { cloudRunService, googleArtifact } from '../google-cloud/a-google-artifact';

test('a report says that the services of the deployment did not run, and what was not looked at in them', () => {
  expect(serviceReplacement(artifact())).toBe(
    "service behind the server: one of the run, on Restate's SDK; whether yours gives the server's public keys to the SDK was not looked at",
  );
});

test('services of Cloud Run are named', () => {
  const other = cloudRunService({ id: 'google_cloud_run_v2_service.cart' });
  const given = googleArtifact({ cloudRun: [cloudRunService(), other] });
  expect(serviceReplacement(given)).toContain(
    'whether google_cloud_run_v2_service.greeter and google_cloud_run_v2_service.cart of yours give',
  );
});
