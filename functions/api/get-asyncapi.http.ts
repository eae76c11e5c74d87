import { setting } from '../aws/settings.ts';
import { openVerb } from '../edge/verb.ts';
import { apiApi } from './api.ts';
import { asyncApiOf } from './asyncapi.ts';

let document: ReturnType<typeof asyncApiOf> | undefined;

/** The AsyncAPI document of the war room's socket, made once per environment. */
export const getAsyncapi = openVerb({
  api: apiApi['get-asyncapi'],
  run: async () => {
    document ??= asyncApiOf(setting('socketUrl'));
    return { ...document };
  },
});
