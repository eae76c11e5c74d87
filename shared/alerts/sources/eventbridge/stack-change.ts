import { type JsonRecord, recordOf } from '../../../kernel/index.ts';
import { textOf } from '../../reading.ts';
import type { Receipt, Translated } from '../../source.ts';
import { arnOf, consoleAt } from '../cloudwatch/arn.ts';
import { changed } from './changed.ts';

/** Statuses that say nothing that the one before or after does not: tidying up, and looking before doing. */
const silent = /^(REVIEW_IN_PROGRESS|\w+_CLEANUP_IN_PROGRESS|IMPORT_ROLLBACK_IN_PROGRESS)$/;

const done: Readonly<Record<string, string>> = {
  CREATE: 'created',
  UPDATE: 'updated',
  DELETE: 'deleted',
  IMPORT: 'changed by an import',
};

/** The change that an event of CloudFormation tells of a whole stack; undefined where it names none. */
export function stackChangeIn(event: JsonRecord, receipt: Receipt): Translated | undefined {
  const detail = recordOf(event.detail);
  const { status, 'status-reason': reason } = recordOf(detail['status-details']);
  const [stack, word] = [textOf(detail['stack-id']), textOf(status)];
  const name = /:stack\/([^/]{1,128})/.exec(stack ?? '')?.[1];
  if (stack === undefined || name === undefined || word === undefined) return undefined;
  if (silent.test(word)) return { signals: [], ignored: 'The stack tidies up, or is only looked at.' };
  const { partition, region = textOf(event.region) ?? '' } = arnOf(stack);
  const why = textOf(reason);
  return changed(
    {
      kind: 'infrastructure',
      title: `Stack ${name} ${became(word)}${why === undefined ? '' : `: ${why}`}`,
      service: name,
      link: `${consoleAt(partition, region)}/cloudformation/home?region=${encodeURIComponent(region)}#/stacks/stackinfo?stackId=${encodeURIComponent(stack.toWellFormed())}`,
      time: event.time,
      key: [stack, textOf(detail['client-request-token']) ?? '', word, textOf(event.time) ?? ''].join(' '),
    },
    receipt,
  );
}

/** `UPDATE_ROLLBACK_COMPLETE` is an end of which nobody should think that all is well. */
function became(status: string): string {
  const [, verb = '', way = '', end = ''] =
    /^([A-Z]+?)_?(ROLLBACK)?_(IN_PROGRESS|COMPLETE|FAILED)$/.exec(status) ?? [];
  const word = done[verb];
  if (verb === 'ROLLBACK' || way !== '') {
    if (end === 'COMPLETE') return 'failed and was rolled back';
    return end === 'FAILED' ? 'failed, and could not be rolled back' : 'failed and is rolled back';
  }
  if (word === undefined) return `is in ${status.slice(0, 60)}`;
  if (end === 'FAILED') return `could not be ${word}`;
  return end === 'COMPLETE' ? `was ${word}` : `is being ${word}`;
}
