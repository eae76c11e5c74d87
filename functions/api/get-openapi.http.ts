import { routes } from '../../shared/wiring/index.ts';
import { setting } from '../aws/settings.ts';
import { openVerb } from '../edge/verb.ts';
import { apiApi } from './api.ts';
import { apis } from './apis.ts';
import { openApiOf } from './openapi.ts';

let document: ReturnType<typeof openApiOf> | undefined;

/** The OpenAPI document of this API, made once per environment from the schemas that the router itself uses. */
export const getOpenapi = openVerb({
  api: apiApi['get-openapi'],
  run: async () => {
    document ??= openApiOf(routes, apis, setting('publicUrl'));
    return { ...document };
  },
});
