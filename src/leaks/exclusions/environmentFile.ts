/** Whether a file is an environment file by its name, and none that is made to be shared as an example. */
export const isEnvironmentFile = (name: string): boolean =>
  /^\.env(?:\..+)?$|\.env$/.test(name) && !/\.(?:example|sample|template|dist)$/.test(name);
