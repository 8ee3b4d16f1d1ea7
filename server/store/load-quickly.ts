import { registerHooks } from "node:module";

const CONDITIONS = ["require", "node", "default"];

// Preloaded in every thread of the store. As ES modules drizzle-orm and zod are hundreds of small files, each looked up in every folder above it: a
// second of a core for each thread, where their CommonJS builds take a fifth.
registerHooks({
  resolve(specifier, context, next) {
    const isLarge = /^(drizzle-orm|zod)(\/|$)/.test(specifier);
    return next(specifier, isLarge ? { ...context, conditions: CONDITIONS } : context);
  },
});
