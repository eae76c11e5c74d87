import { type Declared, type Made, references, text } from '../infra/synthesized.ts';

const head = `# Permissions

What each function's role allows, rendered from the synthesized template; write it anew with
\`vitest run --update=all test/infra/permissions-page.test.ts\`. The local system enforces exactly this: a proxy stands between every
function and everything that it calls, reads the roles from the same template, and refuses what they do not allow in the words of AWS.
\`test/stories/permissions.test.ts\` compares functions, actions and resources with what the proxy enforces, and checks that each permission
is used, or that there is a reason for it.

Not shown: every function may write its own log and its traces, and the CDK's grants on queues and secrets add what tells about them
and not what is in them. "Only" limits what is before it to items of these partitions.
`;

/** Actions that the page leaves out. */
export const told = /^(logs|xray):|:(GetQueueAttributes|GetQueueUrl|DescribeSecret)$/;

/** The page docs/permissions.md: each function with what it may do, on what, and under which condition. */
export function permissionsPage(made: Made): string {
  const rows = made.ofType('AWS::Lambda::Function').flatMap((one) => {
    const name = one.id.replace(/Function[0-9A-F]{8}$/, '');
    return one.id === name ? [] : rowsOf(name, one, made);
  });
  return `${head}\n${grid(['function', 'may', 'on', 'only'], rows)}`;
}

function rowsOf(name: string, one: Declared, made: Made): readonly (readonly string[])[] {
  const [id] = references(one.Properties.Role);
  const role = made.ofType('AWS::IAM::Role').find((declared) => declared.id === id);
  const statements = role === undefined ? [] : made.statementsOf(role);
  const allowed = statements.filter(({ Effect }) => Effect === 'Allow');
  const rows = allowed.flatMap(({ Action, Resource, Condition = {} }) => {
    const actions = [Action].flat().filter((action) => !told.test(action));
    const on = [Resource].flat().map(readable).join(', ');
    // That a call must name keys at all goes without saying where the keys are told.
    const telling = Object.entries(Condition).filter(([operator]) => operator !== 'Null');
    const only = telling.flatMap(([, keys]) => Object.values(keys).flat().map(String));
    const never = statements
      .filter(
        (other) => other.Effect === 'Deny' && [other.Action].flat().some((one) => actions.includes(one)),
      )
      .flatMap((other) => [other.Resource].flat().map((one) => `not on ${code(readable(one))}`));
    const limits = [...only.map(code), ...never].join(', ');
    return actions.length === 0 ? [] : [[actions.map(code).join(', '), code(on), limits]];
  });
  if (rows.length === 0) return [[name, '–', '', '']];
  return rows.map((row, at) => [at === 0 ? name : '', ...row]);
}

/** A resource without what differs between accounts and between versions of the stack. */
const readable = (resource: unknown): string =>
  text(resource)
    .replace(/^arn:(<[^>]*>|aws):/, '')
    .replaceAll(/:?<AWS::(Partition|Region|AccountId)>/g, '')
    .replaceAll(/<(\w+?)[0-9A-F]{8}( \w+)?>/g, '$1')
    .replaceAll(/(^|[^:]):{2,}/g, '$1:');

const code = (one: string): string => `\`${one}\``;

/** A Markdown table with columns of even width, as the formatter wants it. */
function grid(titles: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = titles.map((title, i) =>
    Math.max(title.length, ...rows.map((row) => (row[i] ?? '').length)),
  );
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(' | ')} |\n`;
  return `${line(titles)}${line(widths.map((width) => '-'.repeat(width)))}${rows.map(line).join('')}`;
}
