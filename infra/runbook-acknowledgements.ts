import type { Settings } from './config.ts';

const here = 'arn:<AWS::Partition>:ssm:<AWS::Region>';

/** What the settings of runbooks add to the findings of cdk-nag: whoever deploys named these functions and documents. */
export function runbookAcknowledgements({
  runbookFunctions,
  runbookDocuments,
}: Pick<Settings, 'runbookFunctions' | 'runbookDocuments'>): readonly (readonly [string, string, string])[] {
  const found = (resource: string, reason: string) =>
    [`IAM5[Resource::${resource}]`, 'Execute/Role/DefaultPolicy', reason] as const;
  const named = 'The setting runbookFunctions names functions by the beginning of their names';
  const versions = 'Documents have versions; the setting runbookDocuments names the document';
  return [
    ...runbookFunctions
      .filter((name) => name.endsWith('*'))
      .map((name) =>
        found(`arn:<AWS::Partition>:lambda:<AWS::Region>:<AWS::AccountId>:function:${name}`, named),
      ),
    ...runbookDocuments.flatMap((name) => [
      found(`${here}:<AWS::AccountId>:automation-definition/${name}:*`, versions),
      found(`${here}::automation-definition/${name}:*`, versions),
    ]),
    ...(runbookDocuments.length > 0
      ? [found(`${here}:<AWS::AccountId>:automation-execution/*`, 'Executions get their ids as they start')]
      : []),
  ];
}
