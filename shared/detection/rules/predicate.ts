import { isWorse } from '../../alerts/index.ts';
import { patternOf, type Reach } from '../../kernel/index.ts';
import { type Asked, keyOf, TEXT } from './asked.ts';
import type { Condition, Leaf } from './condition.ts';

/** Whether something holds of an alert. */
export type Predicate = (asked: Asked) => boolean;

/** Makes predicates of conditions. What many rules ask, an alert answers once. */
export class Predicates {
  private readonly shared = new Map<string, Predicate>();

  of(condition: Condition): Predicate {
    switch (condition.is) {
      case 'all':
        return every(condition.of.map((one) => this.of(one)));
      case 'any':
        return some(condition.of.map((one) => this.of(one)));
      case 'not': {
        const inner = this.of(condition.of);
        return (asked) => !inner(asked);
      }
      default:
        return this.ofLeaf(condition);
    }
  }

  private ofLeaf(leaf: Leaf): Predicate {
    switch (leaf.is) {
      case 'equal': {
        const key = keyOf(leaf.subject);
        return this.once(
          JSON.stringify(['equal', leaf.value, key]),
          (asked) => asked.value(key) === leaf.value,
        );
      }
      case 'match':
        return this.pattern(keyOf(leaf.subject), leaf.pattern, 'whole');
      case 'occur':
        return this.pattern(leaf.subject ? keyOf(leaf.subject) : TEXT, leaf.pattern, 'anywhere');
      case 'there': {
        const key = keyOf(leaf.subject);
        return (asked) => asked.isThere(key);
      }
      case 'severity':
        return leaf.at === 'least'
          ? (asked) => !isWorse(leaf.than, asked.severity)
          : (asked) => !isWorse(asked.severity, leaf.than);
    }
  }

  private pattern(key: string, text: string, reach: Reach): Predicate {
    const pattern = patternOf(text, reach);
    return this.once(JSON.stringify([reach, text, key]), (asked) =>
      pattern.test(asked.value(key), asked.fold(key)),
    );
  }

  private once(name: string, predicate: Predicate): Predicate {
    const known = this.shared.get(name);
    if (known) return known;
    const shared = once(predicate);
    this.shared.set(name, shared);
    return shared;
  }
}

/** Asked again of the same alert, it answers as before. */
function once(predicate: Predicate): Predicate {
  let of: symbol | undefined;
  let answer = false;
  return (asked) => {
    if (of !== asked.state) {
      answer = predicate(asked);
      of = asked.state;
    }
    return answer;
  };
}

function every(predicates: readonly Predicate[]): Predicate {
  return (asked) => {
    for (const predicate of predicates) if (!predicate(asked)) return false;
    return true;
  };
}

function some(predicates: readonly Predicate[]): Predicate {
  return (asked) => {
    for (const predicate of predicates) if (predicate(asked)) return true;
    return false;
  };
}
