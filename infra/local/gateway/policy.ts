import { plainNeed } from '../iam/need.ts';
import { readStatements, type Verdict, verdictOn } from '../iam/statement.ts';

/**
 * Evaluates an authorizer's policy document for `execute-api:Invoke` on a method ARN; a deny beats every allow.
 * Throws for a document without statements, and for parts that the local runner does not evaluate (conditions).
 */
export const evaluate = (document: unknown, methodArn: string): Verdict =>
  verdictOn(
    readStatements(document, "the authorizer's policy", {}),
    plainNeed('execute-api:Invoke', methodArn),
  );
