import type { AccountUser } from '../account-user';
import { accountKey } from '../iam/principal';
import type { Property } from '../property';
import type { Text } from '../text';
import { isList, isMap, toText } from '../value';
import type { Resources } from './resources';

/** What Google runs for somebody, or has call somebody, as an account that it is told. Machines and services are read by themselves. */
const RUNNING =
  /^google_(?:app_engine_\w+_version|cloud_run_service|cloud_run_v2_(?:job|worker_pool)|cloud_scheduler_job|cloud_tasks_queue|cloudbuild_\w+|cloudfunctions2?_function|composer_environment|container_(?:cluster|node_pool)|dataflow_\w+|dataproc_\w+|eventarc_trigger|notebooks_\w+|pubsub_subscription|vertex_ai_\w+|workbench_instance|workflows_workflow)$/;
/** Arguments that name an account, wherever they stand. */
const NAMING = /^(?:service_account(?:_email|_id|_name)?|client_id|run_as_service_account|dispatch_service_account)$/;

/** What else of a file acts as accounts. Nothing is reported. */
export function readAccountUsers(resources: Resources): readonly AccountUser[] {
  return resources.quietlyLike(RUNNING).flatMap(({ id, properties }) => {
    const named = accountsIn(properties).flatMap((property) => {
      const text: Text = toText(property.value) ?? [];
      const account = accountKey(resources.withAccounts(text));
      return account === undefined ? [] : [account];
    });
    return [...new Set(named)].map((account) => ({ id, account }));
  });
}

function accountsIn(property: Property): readonly Property[] {
  const { value } = property;
  if (isList(value)) return property.items().flatMap(accountsIn);
  if (!isMap(value)) return [];
  return [...value.keys()].flatMap((key) => {
    const inner = property.get(key);
    return NAMING.test(key) && !isMap(inner.value) && !isList(inner.value) ? [inner] : accountsIn(inner);
  });
}
