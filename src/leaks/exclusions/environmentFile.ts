/** Whether a file is an environment file by its name, and none that is made to be shared as an example. */
export const isEnvironmentFile = (name: string): boolean =>
  /^\.env(?:\..+)?$|\.env$/.test(name) && !/\.(?:example|sample|template|dist)$/.test(name);

/** Whether a file is by its name an environment file that is shared: its names have no values. */
export const isEnvironmentExample = (name: string): boolean =>
  /^\.?(?:[\w-]+\.)*env(?:\.[\w-]+)*\.(?:example|sample|template|dist)$|^\.?(?:example|sample|template)\.env$/.test(
    name,
  );
