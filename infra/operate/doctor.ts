import type { SettingsGiven } from '../settings-file.ts';
import { bootstrap, concurrency, credentials, gateway, stackNamed } from './doctor/account.ts';
import { deadLetters } from './doctor/failed.ts';
import { type Finding, found, missing, ok, warn } from './doctor/finding.ts';
import { settingsHere, toolsHere } from './doctor/here.ts';
import { mail } from './doctor/mail.ts';
import { paused, signsOfLife, subscriptions } from './doctor/running.ts';
import { stackState, tableOf } from './doctor/stack-state.ts';
import { findTarget, sameTarget, type Target, type TargetOptions } from './target.ts';

export interface DoctorOptions extends TargetOptions {
  /** Reads the settings of the next deployment. */
  readonly settings: () => SettingsGiven;
  /** What npm says of itself and of Node. */
  readonly agent?: string | undefined;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** Looks at everything that a working system needs, and tells it in the order in which one would mend it. */
export async function doctor(options: DoctorOptions): Promise<readonly Finding[]> {
  const { stack, agent } = options;
  if (stack === undefined) return [...toolsHere(agent), ...(await onThisMachine(options))];
  const { given, findings } = settingsHere(options.settings, stack);
  return [...toolsHere(agent), ...findings, ...(await inAws(stack, options, given))];
}

async function onThisMachine(options: DoctorOptions): Promise<readonly Finding[]> {
  let target: Target;
  try {
    target = await findTarget(options);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return [missing(why, 'For what a deployment needs: npm run doctor -- --stack IncidentManagement')];
  }
  return [
    await answers(target),
    ...(await deadLetters(target, sameTarget(options))),
    ok(
      'E-mail goes to the inbox of this machine; quotas, alarms and budget exist in AWS only (--stack <name>)',
    ),
  ];
}

async function answers({ outputs, name }: Target): Promise<Finding> {
  const address = (outputs.ApiOutput ?? '').replace(/\/$/, '');
  const heard = await fetch(`${address}/api/openapi.json`).catch(() => undefined);
  // The description is large, and a body that nobody reads keeps its connection, and this command, alive.
  await heard?.body?.cancel();
  if (heard?.ok) return ok(`The system on ${name} answers at ${address}`);
  return missing(`The system on ${name} does not answer at ${address}`, 'Start it: npm start');
}

async function inAws(
  name: string,
  options: DoctorOptions,
  given: SettingsGiven | undefined,
): Promise<readonly Finding[]> {
  const { region, profile, now } = options;
  if (profile !== undefined) process.env.AWS_PROFILE = profile;
  const config = region === undefined ? {} : { region };
  const { finding: who, region: where } = await credentials(config);
  if (where === undefined) return [who];
  const [bootstrapped, limits, [state, target]] = await Promise.all([
    bootstrap(config),
    concurrency(config),
    theStack(name, options),
  ]);
  const again = sameTarget(options);
  const from = target?.resources('AWS::SES::EmailIdentity')[0]?.physical;
  const rest = await Promise.all([
    mail(config, from),
    ...(target
      ? [paused(target, again), subscriptions(target), signsOfLife(target, now), deadLetters(target, again)]
      : []),
  ]);
  const table = given === undefined ? [] : tableOf(target, given);
  return [
    ...[who, ...bootstrapped, ...state, ...table],
    ...[...rest.flat(), ...budget(target), ...limits, gateway(where)],
  ];
}

/** The state of the stack; and, once there is something to look at, the stack itself. */
async function theStack(
  name: string,
  options: DoctorOptions,
): Promise<readonly [readonly Finding[], Target | undefined]> {
  const config = options.region === undefined ? {} : { region: options.region };
  let target: Target | undefined;
  const state = await found('The stack', 'cloudformation:DescribeStacks and ListStackResources', async () => {
    const stack = await stackNamed(name, config);
    if (stack !== undefined) target = await findTarget({ ...options, data: undefined });
    return [stackState(name, stack)];
  });
  return [state, target];
}

function budget(target: Target | undefined): readonly Finding[] {
  if (target === undefined) return [];
  if (target.resources('AWS::Budgets::Budget').length > 0)
    return [ok('A budget tells when the month gets dear')];
  return [warn('There is no budget', 'Every deployment makes one: run npx cdk deploy.')];
}
