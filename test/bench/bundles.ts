import * as z from 'zod';
import { resourceKinds } from '../../infra/local/resources/index.ts';
import { loadTemplate } from '../../infra/local/template.ts';

/** The code of a function as it is deployed. */
export interface Bundle {
  readonly name: string;
  readonly folder: string;
  readonly handler: string;
  readonly memoryMegabytes: number;
  readonly environment: Readonly<Record<string, string>>;
}

const Properties = z.looseObject({
  Code: z.looseObject({ S3Key: z.string() }),
  Handler: z.string(),
  Runtime: z.string(),
  MemorySize: z.coerce.number(),
  Environment: z.looseObject({ Variables: z.record(z.string(), z.coerce.string()) }),
});

/** The functions of ours in a cloud assembly; those that only serve a deployment run on other runtimes. */
export function bundlesOf(assembly: string): readonly Bundle[] {
  const template = loadTemplate(assembly, resourceKinds);
  return template
    .resolve([])
    .resources.filter(({ type }) => type === 'AWS::Lambda::Function')
    .map(({ id, properties }) => ({ id, ...Properties.parse(properties) }))
    .filter(({ Runtime }) => Runtime === 'nodejs24.x')
    .map(({ id, Code, Handler, MemorySize, Environment }) => ({
      name: id.replace(/Function[0-9A-F]{8}$/, ''),
      folder: template.asset(Code.S3Key),
      handler: Handler,
      memoryMegabytes: MemorySize,
      environment: Environment.Variables,
    }));
}
