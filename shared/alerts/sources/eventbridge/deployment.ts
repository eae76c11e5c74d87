import { type JsonRecord, recordOf } from '../../../kernel/index.ts';
import { textOf } from '../../reading.ts';
import type { Receipt, Translated } from '../../source.ts';
import { arnOf, consoleAt } from '../cloudwatch/arn.ts';
import { changed } from './changed.ts';

/** What became of a deployment, by CodeDeploy's word for it. */
const words: ReadonlyMap<unknown, string> = new Map([
  ['START', 'began'],
  ['SUCCESS', 'succeeded'],
  ['FAILURE', 'failed'],
  ['STOP', 'was stopped'],
  ['READY', 'is ready for its traffic'],
]);

/** The change that an event of CodeDeploy tells; undefined where it names no deployment. */
export function deploymentIn(event: JsonRecord, receipt: Receipt): Translated | undefined {
  const detail = recordOf(event.detail);
  const [id, application, group] = [detail.deploymentId, detail.application, detail.deploymentGroup].map(
    textOf,
  );
  const word = words.get(detail.state);
  if (id === undefined || application === undefined || word === undefined) return undefined;
  const region = textOf(detail.region) ?? textOf(event.region) ?? '';
  const arn = Array.isArray(event.resources) ? event.resources[0] : undefined;
  const pages = consoleAt(arnOf(arn).partition, region);
  return changed(
    {
      kind: 'deployment',
      title: `Deployment of ${application}${group === undefined ? '' : ` to ${group}`} ${word}`,
      service: application,
      version: id,
      link: `${pages}/codesuite/codedeploy/deployments/${encodeURIComponent(id.toWellFormed())}?region=${encodeURIComponent(region.toWellFormed())}`,
      time: event.time,
      key: `${id} ${String(detail.state)}`,
    },
    receipt,
  );
}
