import { wildcard } from '../wildcard.ts';
import { type Need, plainNeed } from './need.ts';
import { deciding, type Statement, speaksOf, type Verdict, verdictOf } from './statement.ts';

/** A statement that speaks of an action on a resource, and what its leave is called in the list of those granted. */
interface Relevant extends Statement {
  readonly leave: string;
}

/** Pushes name each connection as a resource of its own, so the memory must have an end. */
const rememberedMost = 1_000;

/** What one function, or one tool of this machine, may do. */
export class Role {
  /** Who it is in the words of AWS: `arn:aws:sts::<account>:assumed-role/<role>/<function>`. */
  readonly arn: string;
  /** The leaves that were made use of so far, each once, in the words of `granted`. */
  readonly used = new Set<string>();
  /** Everything that is allowed, under whatever condition: `dynamodb:PutItem arn:…`, both as the policy names them. */
  readonly granted: ReadonlySet<string>;
  readonly #statements: readonly Statement[];
  readonly #remembered = new Map<string, readonly Relevant[]>();

  constructor(arn: string, statements: readonly Statement[]) {
    this.arn = arn;
    this.#statements = statements;
    this.granted = new Set(
      statements
        .filter(({ effect }) => effect === 'Allow')
        .flatMap(({ names, resources }) => names.flatMap((name) => resources.map((one) => `${name} ${one}`))),
    );
  }

  /** What the role's policies say of a call. The leave that allows it is noted. */
  judge(need: Need): Verdict {
    const { resource, aliases = [] } = need;
    const verdicts = [resource, ...aliases].map((one) => this.#judged({ ...need, resource: one }));
    return (
      verdicts.find((one) => one === 'explicit deny') ??
      verdicts.find((one) => one === 'allow') ??
      'implicit deny'
    );
  }

  #judged(need: Need): Verdict {
    const decided = deciding(this.#relevantTo(need), need);
    if (decided?.effect === 'Allow') this.used.add(decided.leave);
    return verdictOf(decided);
  }

  /** Whether the role's policies allow what a service does in its name, of which no condition key is known. */
  allows(action: string, resource: string): boolean {
    const need = plainNeed(action, resource);
    return deciding(this.#relevantTo(need), need)?.effect === 'Allow';
  }

  /** Actions and resources are few and calls are many. */
  #relevantTo({ action, resource }: Need): readonly Relevant[] {
    const name = `${action} ${resource}`;
    const known = this.#remembered.get(name);
    if (known !== undefined) return known;
    const found = this.#statements
      .filter((one) => speaksOf(one, action, resource))
      .map((one) => ({ ...one, leave: leaveOf(one, action, resource) }));
    if (this.#remembered.size < rememberedMost) this.#remembered.set(name, found);
    return found;
  }
}

function leaveOf({ names, resources }: Statement, action: string, resource: string): string {
  const name = names.find((one) => wildcard(one.toLowerCase(), action.toLowerCase()));
  return `${name} ${resources.find((one) => wildcard(one, resource))}`;
}
