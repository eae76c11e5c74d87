import type { Stack } from 'aws-cdk-lib';
import { ArnFormat } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Settings } from '../config.ts';
import { documentResources } from './automation-documents.ts';

/** What the worker of runbooks may call by name, as whoever deploys allows it: nothing when the settings name nothing. */
export function runbookStatements(
  stack: Stack,
  { runbookFunctions, runbookDocuments }: Pick<Settings, 'runbookFunctions' | 'runbookDocuments'>,
): readonly PolicyStatement[] {
  const functions = runbookFunctions.map((resourceName) =>
    stack.formatArn({
      ...{ service: 'lambda', resource: 'function', resourceName },
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    }),
  );
  const documents = runbookDocuments.flatMap((name) =>
    documentResources(name, stack.account).map(
      (rest) => `arn:${stack.partition}:ssm:${stack.region}:${rest}`,
    ),
  );
  const executions = stack.formatArn({ service: 'ssm', resource: 'automation-execution', resourceName: '*' });
  return [
    ...(functions.length > 0
      ? [new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: functions })]
      : []),
    ...(documents.length > 0
      ? [
          new PolicyStatement({
            actions: ['ssm:StartAutomationExecution'],
            resources: [...documents, executions],
          }),
          new PolicyStatement({ actions: ['ssm:GetAutomationExecution'], resources: [executions] }),
        ]
      : []),
  ];
}
