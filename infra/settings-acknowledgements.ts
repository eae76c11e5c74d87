import type { Settings } from './config.ts';
import { documentResources } from './constructs/automation-documents.ts';
import { partOfTheWorld } from './constructs/model-statements.ts';

const here = 'arn:<AWS::Partition>:ssm:<AWS::Region>';

/** Settings whose values are in policies. */
type Named = Pick<Settings, 'runbookFunctions' | 'runbookDocuments' | 'bedrockModel'>;

/** What settings add to the findings of cdk-nag: whoever deploys named these functions, documents and models. */
export function settingsAcknowledgements({
  runbookFunctions,
  runbookDocuments,
  bedrockModel,
}: Named): readonly (readonly [string, string, string])[] {
  const found = (resource: string, reason: string) =>
    [`IAM5[Resource::${resource}]`, 'Execute/Role/Resource', reason] as const;
  const named = 'The setting runbookFunctions names functions by the beginning of their names';
  const versions = 'Documents have versions; the setting runbookDocuments names the document';
  return [
    ...runbookFunctions
      .filter((name) => name.endsWith('*'))
      .map((name) =>
        found(`arn:<AWS::Partition>:lambda:<AWS::Region>:<AWS::AccountId>:function:${name}`, named),
      ),
    ...runbookDocuments
      .flatMap((name) => documentResources(name, '<AWS::AccountId>'))
      .filter((rest) => rest.endsWith('*'))
      .map((rest) => found(`${here}:${rest}`, versions)),
    ...(bedrockModel !== undefined && partOfTheWorld.test(bedrockModel)
      ? [asksAnywhere(bedrockModel.replace(partOfTheWorld, ''))]
      : []),
    ...(runbookDocuments.length > 0
      ? [found(`${here}:<AWS::AccountId>:automation-execution/*`, 'Executions get their ids as they start')]
      : []),
  ];
}

const asksAnywhere = (model: string) =>
  [
    `IAM5[Resource::arn:<AWS::Partition>:bedrock:*::foundation-model/${model}]`,
    'Postmortems/Role/Resource',
    'An inference profile asks one model in several regions; the setting bedrockModel names it',
  ] as const;
