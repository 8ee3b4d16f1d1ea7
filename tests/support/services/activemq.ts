import { writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { join } from "node:path";
import { freePort } from "#tests/support/free-port.ts";
import { installed } from "./installed.ts";
import { type JavaOptions, javaFlags } from "./java.ts";
import { type Program, type Service, startService } from "./service.ts";

const [LOGIN, PASSCODE] = ["sarangbang", "a-passcode"];

/** ActiveMQ that speaks STOMP over TCP and nothing else, with one account. */
export function startActivemq(options: JavaOptions = {}): Promise<Service> {
  return startService((folder) => broker(folder, options));
}

async function broker(folder: string, options: JavaOptions): Promise<Program> {
  const home = installed("activemq");
  const port = await freePort();
  const configuration = join(folder, "activemq.xml");
  await writeFile(configuration, settings(port, folder));
  await writeFile(join(folder, "log4j.properties"), LOG);
  const places = { home, base: folder, conf: folder, data: join(folder, "data") };
  const properties = Object.entries(places).map(([name, path]) => `-Dactivemq.${name}=${path}`);
  const java = [...(await javaFlags(folder, options)), ...OPEN];
  return {
    name: "ActiveMQ",
    url: `stomp://${LOGIN}:${PASSCODE}@127.0.0.1:${port}`,
    command: "java",
    args: [...java, ...properties, "-jar", join(home, "bin/activemq.jar"), "start", `xbean:file:${configuration}`],
    serves: () => accepts(port),
  };
}

/** Spring looks into classes that newer Javas close. */
const OPEN = ["lang", "util", "net"].map((name) => `--add-opens=java.base/java.${name}=ALL-UNNAMED`);

const LOG = `log4j.rootLogger=INFO, out
log4j.appender.out=org.apache.log4j.ConsoleAppender
log4j.appender.out.layout=org.apache.log4j.PatternLayout
log4j.appender.out.layout.ConversionPattern=%d | %-5p | %m%n
`;

const settings = (port: number, folder: string) => `<beans xmlns="http://www.springframework.org/schema/beans"
  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
  xsi:schemaLocation="http://www.springframework.org/schema/beans http://www.springframework.org/schema/beans/spring-beans.xsd
  http://activemq.apache.org/schema/core http://activemq.apache.org/schema/core/activemq-core.xsd">
  <broker xmlns="http://activemq.apache.org/schema/core" brokerName="sarangbang" dataDirectory="${folder}/data" useJmx="false">
    <persistenceAdapter><kahaDB directory="${folder}/data/kahadb"/></persistenceAdapter>
    <plugins>
      <simpleAuthenticationPlugin>
        <users><authenticationUser username="${LOGIN}" password="${PASSCODE}" groups="users"/></users>
      </simpleAuthenticationPlugin>
    </plugins>
    <systemUsage>
      <systemUsage>
        <memoryUsage><memoryUsage limit="64 mb"/></memoryUsage>
        <storeUsage><storeUsage limit="256 mb"/></storeUsage>
        <tempUsage><tempUsage limit="64 mb"/></tempUsage>
      </systemUsage>
    </systemUsage>
    <transportConnectors><transportConnector name="stomp" uri="stomp+nio://127.0.0.1:${port}"/></transportConnectors>
  </broker>
</beans>
`;

/** The port listens before the broker has started: only CONNECTED says that it serves. */
function accepts(port: number): Promise<boolean> {
  const socket = connect(port, "127.0.0.1");
  const connecting = `CONNECT\naccept-version:1.2\nhost:localhost\nlogin:${LOGIN}\npasscode:${PASSCODE}\n\n\0`;
  return new Promise<boolean>((resolve, reject) => {
    let said = "";
    socket.setTimeout(5_000, () => reject(new Error("ActiveMQ does not answer CONNECT")));
    socket.once("connect", () => socket.write(connecting));
    socket.on("data", (data) => {
      said += data;
      if (said.includes("\0")) resolve(said.startsWith("CONNECTED"));
    });
    socket.once("error", reject);
    socket.once("close", () => reject(new Error("ActiveMQ has hung up")));
  }).finally(() => socket.destroy());
}
