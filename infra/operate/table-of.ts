import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { env } from '../../shared/wiring/index.ts';
import type { Target } from './target.ts';

/** The table of the stack; or, when it works on a restored one, what its functions were given. */
export async function tableOf(target: Target): Promise<string | undefined> {
  const [own] = target.resources('AWS::DynamoDB::GlobalTable');
  const worker = target.resources('AWS::Lambda::Function').find(({ id }) => id.startsWith('DetectFunction'));
  if (own !== undefined || worker === undefined || target.kind === 'local') return own?.physical;
  const lambda = new LambdaClient(target.clientConfig('lambda'));
  try {
    const command = new GetFunctionConfigurationCommand({ FunctionName: worker.physical });
    return (await lambda.send(command)).Environment?.Variables?.[env.table];
  } finally {
    lambda.destroy();
  }
}
