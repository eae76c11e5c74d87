import { Refusal } from '../../shared/kernel/index.ts';

/** The refusal of a text that is no JSON; its message names the place. */
export class NotJson extends Refusal {}

/** The refusal to change what belongs to another: the key is known, and may do less than was asked for. */
export class NotOwner extends Refusal {}

/** The refusal of a body by its translator or by its routing key, in one or more sentences. */
export class BodyRefused extends Refusal {
  readonly errors: readonly string[];

  constructor(code: 'invalid' | 'too_large', errors: readonly string[]) {
    super(code, errors.join('; '), 'body');
    this.errors = errors;
  }
}
