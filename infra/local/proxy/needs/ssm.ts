import { type Need, plainNeed } from '../../iam/need.ts';

/** Of the bodies of operations, what says which permission they need. */
interface Asked {
  readonly Name?: string;
  readonly DocumentName?: string;
  readonly DocumentVersion?: string;
  readonly AutomationExecutionId?: string;
}

/** The permission that a call to Systems Manager needs, on the parameter, document or execution that it names. */
export function ssmNeeds(
  operation: string,
  body: string,
  { region, id }: { readonly region: string; readonly id: string },
): readonly Need[] {
  const {
    Name,
    DocumentName,
    DocumentVersion = '$DEFAULT',
    AutomationExecutionId,
  } = JSON.parse(body) as Asked;
  const arn = (rest: string, owner = id) => `arn:aws:ssm:${region}:${owner}:${rest}`;
  if (DocumentName !== undefined) {
    // Documents of AWS itself belong to no account, and no others may begin so.
    const owner = /^(aws|amazon|amzn)/i.test(DocumentName) ? '' : id;
    const document = plainNeed(`ssm:${operation}`, arn(`document/${DocumentName}`, owner));
    const asBefore = arn(`automation-definition/${DocumentName}:${DocumentVersion}`, owner);
    // The execution has no id yet.
    const execution = plainNeed(`ssm:${operation}`, arn('automation-execution/*'));
    return [{ ...document, aliases: [asBefore] }, execution];
  }
  if (AutomationExecutionId !== undefined)
    return [plainNeed(`ssm:${operation}`, arn(`automation-execution/${AutomationExecutionId}`))];
  if (Name === undefined) return [plainNeed(`ssm:${operation}`, '*')];
  const path = Name.replace(/^\//, '');
  return [plainNeed(`ssm:${operation}`, arn(`parameter/${path}`))];
}
