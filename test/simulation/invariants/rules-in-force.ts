import { Violation } from '../violation.ts';
import type { Invariant, Observed } from './invariant.ts';

/** The suffix of rules of a later version, see actors/people.ts. */
const versionIn = (rule: string): number => Number(/\.v(\d+)$/.exec(rule)?.[1] ?? 1);

/** A warm process remembers rules; whether they are in force it must read. */
export const rulesInForce: Invariant = {
  name: 'rules in force',
  changed({ before, after }, by, { books, scenario }) {
    if (after?.kind !== 'incident' || before !== undefined) return;
    const { org, correlation } = after as unknown as {
      readonly org: string;
      readonly correlation?: { readonly rule: string };
    };
    if (correlation !== undefined && !namesOf(scenario, org).has(nameIn(correlation.rule)))
      throw new Violation(this.name, `${org} has no rule ${correlation.rule}`, after);
    const inForce = books.configured.get(org);
    if (correlation === undefined || inForce === undefined || inForce.step >= by.began) return;
    if (versionIn(correlation.rule) !== inForce.version)
      throw new Violation(
        this.name,
        `opened by ${correlation.rule} while version ${inForce.version} is in force`,
        after,
      );
  },
};

const nameIn = (rule: string): string => rule.replace(/\.v\d+$/, '');

/** The rules that an organisation ever has; those that nothing else matches come under `default`, later `rest`. */
function namesOf({ tenants }: Observed['scenario'], org: string): ReadonlySet<string> {
  const rules = tenants.find((one) => one.org === org)?.configuration.rules ?? [];
  return new Set([...rules.map(({ id }) => id), 'default', 'rest']);
}
