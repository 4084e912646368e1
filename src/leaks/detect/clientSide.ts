import type { TextContext } from '../leak.ts';

/** Beginnings of names that a build tool puts into the browser's bundle. */
const publicName = /\b(?:NEXT_PUBLIC|NUXT_PUBLIC|EXPO_PUBLIC|PUBLIC|VITE|REACT_APP|VUE_APP|GATSBY)_\w*/;

/** Whether a variable of this name reaches browsers. */
export const isPublicName = (name: string): boolean => publicName.test(name);

const useClient = /^(?:\s|\/\/[^\n]*\n|\/\*[^]*?\*\/)*(['"])use client\1/;
/** How far down a directive may stand, in characters. */
export const headLength = 2000;

const pageLanguages = new Set(['html', 'vue', 'svelte', 'vue-html', 'handlebars']);
const pageFile = /\.(?:html?|xhtml|vue|svelte)$/i;
/** Folders that web servers hand out as they are, and files that are made for browsers. */
const servedFolder =
  /(?:^|\/)(?:public|static|www|wwwroot|htdocs|public_html)\/.*\.(?:[cm]?js|css|json|map|txt|xml|svg)$/i;
const bundleFile = /\.(?:min|bundle|chunk)\.[cm]?js(?:\.map)?$/i;

/** Whether a text reaches browsers whole: by its language, its file, or its own word. */
export function isServed(head: string, { path = '', language = '' }: TextContext): boolean {
  return (
    pageLanguages.has(language) ||
    pageFile.test(path) ||
    servedFolder.test(path) ||
    bundleFile.test(path) ||
    useClient.test(head)
  );
}

/** How much of a line in front of a token is looked at, for a name: minified lines have no end. */
const lookBack = 300;

/** Whether a token is given to a name that browsers can read. */
export function hasPublicName(text: string, start: number): boolean {
  const near = text.slice(Math.max(0, start - lookBack), start);
  const before = near.slice(near.lastIndexOf('\n') + 1);
  return publicName.test(before) && /[:=]/.test(before);
}
