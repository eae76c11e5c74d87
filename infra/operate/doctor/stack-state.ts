import type { Stack } from '@aws-sdk/client-cloudformation';
import type { SettingsGiven } from '../../settings-file.ts';
import type { Target } from '../target.ts';
import { type Finding, missing, ok, warn } from './finding.ts';

const deploy = 'Run npx cdk deploy.';

/** What to do in a state of a stack that is neither well nor on its way. */
const mends: Readonly<Record<string, string>> = {
  CREATE_FAILED: 'Run npx cdk destroy, then npx cdk deploy.',
  DELETE_FAILED:
    'Look at the events of the stack for what was not deleted; empty or delete it by hand, then run npx cdk destroy again.',
  ROLLBACK_COMPLETE:
    'The first deploy failed and was undone. Read why in the events of the stack, run npx cdk destroy, mend it, then npx cdk deploy.',
  ROLLBACK_FAILED: 'Run npx cdk destroy, then npx cdk deploy.',
  UPDATE_FAILED: 'Run npx cdk rollback, then npx cdk deploy.',
  UPDATE_ROLLBACK_FAILED:
    'Read in the events what could not be undone, mend it, then run npx cdk rollback (or: aws cloudformation continue-update-rollback --stack-name <name>).',
};

/** A protected stack refuses to be destroyed, also one whose first deploy failed. */
const unprotect = (name: string, { EnableTerminationProtection }: Stack, mend: string): string =>
  EnableTerminationProtection && mend.includes('npx cdk destroy')
    ? ` Before npx cdk destroy: aws cloudformation update-termination-protection --no-enable-termination-protection --stack-name ${name}`
    : '';

/** Whether the stack is there and well. */
export function stackState(name: string, stack: Stack | undefined): Finding {
  if (stack === undefined) return missing(`The stack ${name} is not deployed here`, deploy);
  const { StackStatus = '?', StackStatusReason: reason } = stack;
  const what = `The stack ${name} is in ${StackStatus}${reason ? ` (${reason.slice(0, 200)})` : ''}`;
  const mend = mends[StackStatus];
  if (mend !== undefined) return missing(what, `${mend}${unprotect(name, stack, mend)}`);
  if (StackStatus === 'UPDATE_ROLLBACK_COMPLETE')
    return warn(
      what,
      `The last deploy failed and was undone; the one before it runs. Read why in its events. ${deploy}`,
    );
  if (StackStatus.endsWith('_IN_PROGRESS')) return warn(what, 'Wait until it is done, then ask again.');
  return ok(what);
}

/** Whether the next deployment would leave the system on the table on which it is now. */
export function tableOf(
  target: Pick<Target, 'resources'> | undefined,
  { values, source }: SettingsGiven,
): readonly Finding[] {
  // Without functions nothing works on any table yet.
  if (target === undefined || target.resources('AWS::Lambda::Function').length === 0) return [];
  const own = target.resources('AWS::DynamoDB::GlobalTable').length > 0;
  const restored = values.restoredTable !== undefined;
  if (own && !restored)
    return [ok('The system works on the table of its stack, and the settings leave it there')];
  if (!own && restored)
    return [ok(`The system works on a restored table; the next deployment gives it ${values.restoredTable}`)];
  if (restored)
    return [
      warn(
        `The system works on the table of its stack, and restoredTable (${source.origin('restoredTable')}) names another`,
        'The next npx cdk deploy switches to that one. If you do not mean it, take restoredTable out.',
      ),
    ];
  return [
    missing(
      'The system works on a restored table, and the settings do not say so: the next deployment would give it an empty one',
      `Write restoredTable into ${source.file}: the ARN of the stream with which you deployed last.`,
    ),
  ];
}
