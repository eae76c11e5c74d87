import { router } from '../edge/router.ts';
import { addNote } from './add-note.http.ts';
import { create } from './create.http.ts';
import { remove } from './delete.http.ts';
import { get } from './get.http.ts';
import { list } from './list.http.ts';
import { listAlerts } from './list-alerts.http.ts';
import { listFacts } from './list-facts.http.ts';
import { listServices } from './list-services.http.ts';
import { merge } from './merge.http.ts';
import { relate } from './relate.http.ts';
import { split } from './split.http.ts';
import { unrelate } from './unrelate.http.ts';
import { update } from './update.http.ts';

export const handler = router('Incidents', {
  list,
  create,
  get,
  update,
  delete: remove,
  'list-alerts': listAlerts,
  'list-facts': listFacts,
  'list-services': listServices,
  'add-note': addNote,
  merge,
  split,
  relate,
  unrelate,
});
