import { statusApi } from '../../shared/status/api.ts';
import { verb } from '../edge/verb.ts';
import { change } from './change.ts';

/** Changes the name, the texts and the look of the page. */
export const configure = verb({
  api: statusApi.configure,
  run: (request) => change(request, { do: 'configure', settings: request.body }),
});
