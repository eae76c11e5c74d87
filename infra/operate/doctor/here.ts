import { parseSettings, settingNames } from '../../config.ts';
import type { SettingsGiven } from '../../settings-file.ts';
import { type SettingsSource, WrongSettings } from '../../wrong-settings.ts';
import { type Finding, missing, ok, warn } from './finding.ts';

const leastNode = 20;
const leastNpm = 10;

/**
 * Whether this machine can deploy.
 *
 * @param agent what npm says of itself: `npm/11.5.1 node/v24.6.0 linux x64 …`
 */
export function toolsHere(agent: string | undefined): readonly Finding[] {
  const [, npm, node] = /npm\/(\d+)\S* node\/v(\d+)/.exec(agent ?? '') ?? [];
  if (npm === undefined || node === undefined) return [];
  const what = `Node ${node} and npm ${npm}`;
  if (Number(node) >= leastNode && Number(npm) >= leastNpm) return [ok(what)];
  return [
    missing(what, `Install Node ${leastNode} or newer, which brings npm ${leastNpm}: https://nodejs.org`),
  ];
}

/** What the settings are, if they can be read, and whether they can be deployed; each fault is a finding. */
export function settingsHere(
  read: () => SettingsGiven,
  stack: string,
): { readonly given?: SettingsGiven; readonly findings: readonly Finding[] } {
  try {
    const given = read();
    return { given, findings: judge(given, stack) };
  } catch (error) {
    if (!(error instanceof WrongSettings)) throw error;
    return { findings: [missing(error.message.replaceAll(/\s+/g, ' '), 'Correct that file.')] };
  }
}

function judge({ values, source }: SettingsGiven, stack: string): readonly Finding[] {
  try {
    const { organisation, administrator, stackName } = parseSettings(values, source);
    const what = `The settings are complete (${origins({ values, source })}): ${organisation}, administrator ${administrator}`;
    return stackName === stack ? [ok(what)] : [ok(what), otherStack(stackName, stack)];
  } catch (error) {
    if (!(error instanceof WrongSettings)) throw error;
    return error.faults.map((fault) => missing(`The setting ${fault}`, mendIn(source)));
  }
}

/** Deploying by the settings of another stack would not touch this one. */
const otherStack = (stackName: string, stack: string): Finding =>
  warn(
    `The settings are of the stack ${stackName}, and you ask about ${stack}`,
    'Name the settings of that stack by -c settings=<file>, or the stack of these settings by --stack.',
  );

/** Which settings come from where, each place once. */
function origins({ values, source }: SettingsGiven): string {
  const places = Map.groupBy(
    settingNames.filter((name) => values[name] !== undefined),
    (name) => source.origin(name),
  );
  return [...places].map(([place, names]) => `${place}: ${names.join(', ')}`).join('; ');
}

function mendIn({ file, isThere }: SettingsSource): string {
  if (isThere) return `Correct it in ${file}, or where it says that it comes from.`;
  return `Write it into ${file}, which is not there yet: cp settings.example.json ${file}`;
}
