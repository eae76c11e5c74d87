import type { Answer } from './answer.ts';
import { failures, type GatewayFailure } from './failures.ts';

/** A GatewayResponse of the template: how the gateway's own answers of one type look. */
export interface ResponseShape {
  readonly ResponseType: string;
  readonly StatusCode?: string;
  readonly ResponseParameters?: Readonly<Record<string, string>>;
  readonly ResponseTemplates?: Readonly<Record<string, string>>;
}

/** Checks at start that a template uses only what is rendered here. Throws with the first thing that is not. */
export function checkShape(shape: ResponseShape, place: string): void {
  for (const template of Object.values(shape.ResponseTemplates ?? {})) {
    const foreign = /#(set|if|foreach|macro)\b|\$(?!context\.)[a-zA-Z{!]\w*/.exec(template)?.[0];
    if (foreign !== undefined)
      throw new Error(`${place}: the local gateway renders $context only, not ${foreign}`);
  }
}

/** The gateway's own answer for a failure: the shape of its type, else of its class, else AWS's default body. */
export function failureAnswer(
  failure: GatewayFailure,
  shapes: ReadonlyMap<string, ResponseShape>,
  context: Readonly<Record<string, unknown>>,
  requestHeader: (name: string) => string | undefined,
): Answer {
  const [defaultStatus, errorType] = failures[failure.type];
  const shape = shapes.get(failure.type) ?? shapes.get(defaultStatus < 500 ? 'DEFAULT_4XX' : 'DEFAULT_5XX');
  const error = {
    message: failure.text ?? '',
    messageString: JSON.stringify(failure.text),
    responseType: failure.type,
  };
  const [type, template] = Object.entries(shape?.ResponseTemplates ?? {})[0] ?? [
    'application/json',
    defaultBody(failure),
  ];
  const own = Object.entries(shape?.ResponseParameters ?? {}).flatMap(
    ([target, source]): [string, string][] => {
      const value = parameterValue(source, context, requestHeader);
      return value === undefined ? [] : [[target.replace('gatewayresponse.header.', ''), value]];
    },
  );
  return {
    status: Number(shape?.StatusCode ?? defaultStatus),
    headers: [['Content-Type', type], ['x-amzn-ErrorType', errorType], ...own],
    body: Buffer.from(render(template, { ...context, error })),
  };
}

/** The one default body that AWS spells with a capital is that of a denied call. */
function defaultBody(failure: GatewayFailure): string {
  return failure.type === 'ACCESS_DENIED'
    ? '{"Message":$context.error.messageString}'
    : '{"message":$context.error.messageString}';
}

function parameterValue(
  source: string,
  context: Readonly<Record<string, unknown>>,
  requestHeader: (name: string) => string | undefined,
): string | undefined {
  if (source.startsWith("'")) return source.slice(1, -1);
  if (source.startsWith('method.request.header.'))
    return requestHeader(source.slice('method.request.header.'.length));
  return source.startsWith('context.') ? valueAt(context, source.split('.').slice(1)) : undefined;
}

function render(template: string, context: Readonly<Record<string, unknown>>): string {
  return template.replace(
    /\$context((?:\.[A-Za-z]\w*)+)/g,
    (_, path: string) => valueAt(context, path.split('.').slice(1)) ?? '',
  );
}

function valueAt(context: unknown, path: readonly string[]): string | undefined {
  let value = context;
  for (const name of path) {
    value =
      typeof value === 'object' && value !== null && Object.hasOwn(value, name)
        ? (value as Record<string, unknown>)[name]
        : undefined;
  }
  return value === undefined || value === null ? undefined : String(value);
}
