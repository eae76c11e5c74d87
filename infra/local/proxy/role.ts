import { wildcard } from '../wildcard.ts';
import type { Need } from './need.ts';
import { type Statement, speaksOf, verdict } from './statement.ts';

/** What was found for an action on a resource, since both are few and calls are many. */
interface Relevant {
  readonly statements: readonly Statement[];
  /** What the leave is called in the list of those that were used. */
  readonly leave: string;
}

/** Pushes name each connection as a resource of its own, so the memory must have an end. */
const rememberedMost = 1_000;

/** What one function may do. */
export class Role {
  /** Who it is in the words of AWS: `arn:aws:sts::<account>:assumed-role/<role>/<function>`. */
  readonly arn: string;
  /** What was allowed so far, each once: `dynamodb:PutItem arn:…`, with the resource as the policy names it. */
  readonly used = new Set<string>();
  /** Everything that is allowed, under whatever condition, in the same words. */
  readonly granted: ReadonlySet<string>;
  readonly #statements: readonly Statement[];
  readonly #relevant = new Map<string, Relevant>();

  constructor(arn: string, statements: readonly Statement[]) {
    this.arn = arn;
    this.#statements = statements;
    this.granted = new Set(
      statements
        .filter(({ effect }) => effect === 'Allow')
        .flatMap(({ names, resources }) => names.flatMap((name) => resources.map((one) => `${name} ${one}`))),
    );
  }

  /** Whether the role's policies allow it. */
  allows(need: Need): boolean {
    const { statements, leave } = this.#relevantTo(need);
    const isAllowed = verdict(statements, need);
    if (isAllowed) this.used.add(leave);
    return isAllowed;
  }

  /** Whether the role's policies allow it under some condition at least: what is known before any call is made. */
  mayEver(action: string, resource: string): boolean {
    return this.#statements.some((one) => one.effect === 'Allow' && speaksOf(one, action, resource));
  }

  #relevantTo({ action, resource }: Need): Relevant {
    const name = `${action} ${resource}`;
    const known = this.#relevant.get(name);
    if (known !== undefined) return known;
    const statements = this.#statements.filter((one) => speaksOf(one, action, resource));
    const allowing = statements.find(({ effect }) => effect === 'Allow');
    const pattern = allowing?.resources.find((one) => wildcard(one, resource));
    const found = { statements, leave: `${action} ${pattern ?? resource}` };
    if (this.#relevant.size < rememberedMost) this.#relevant.set(name, found);
    return found;
  }
}
