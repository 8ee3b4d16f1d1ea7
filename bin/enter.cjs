// Plain old JavaScript in CommonJS: a Node of any age can read it, and says what is missing instead of showing a stack trace.
const oldest = 18;
const version = process.versions.node;

if (Number.parseInt(version, 10) < oldest) {
  console.error(
    `Sarangbang needs Node ${oldest} or newer to start (it brings its own Node 24 along), and this is ${version}.`,
  );
  process.exit(1);
}

const [command, ...words] = process.argv.slice(2);
import(`./${command}.mjs`)
  .then((module) => module.main(words))
  .catch((error) => {
    console.error(error.name === "Complaint" ? error.message : error);
    process.exit(1);
  });
