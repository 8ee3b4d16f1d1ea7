# Drives Ruby's stomp: reads one JSON command a line, does it, answers with one line. Bodies travel in base64.
require "base64"
require "json"
require "stomp"
require "timeout"

WAIT = 30

class Driver
  def initialize
    @messages = Queue.new
    @receipts = Queue.new
  end

  def connect(host:, port:, login:, passcode:, heartBeat:)
    @client = Stomp::Client.new(
      hosts: [{ host: host, port: port, login: login, passcode: passcode }],
      reliable: false,
      connect_headers: { "accept-version" => "1.2", "host" => host, "heart-beat" => "#{heartBeat},#{heartBeat}" },
    )
  end

  def subscribe(id:, destination:, ack:)
    @client.subscribe(destination, id: id, ack: ack) { |message| @messages << message }
    settled
  end

  def send(destination:, body:, transaction: nil)
    headers = transaction ? { transaction: transaction } : {}
    @client.publish(destination, Base64.decode64(body), headers) { |receipt| @receipts << receipt }
    wait(@receipts)
  end

  def receive
    @last = wait(@messages)
    { body: Base64.strict_encode64(@last.body) }
  end

  def ack(transaction: nil)
    headers = transaction ? { transaction: transaction } : {}
    @client.ack(@last, headers) { |receipt| @receipts << receipt }
    wait(@receipts)
  end

  def begin(transaction:)
    @client.begin(transaction)
  end

  def commit(transaction:)
    @client.commit(transaction)
    settled
  end

  def abort(transaction:)
    @client.abort(transaction)
    settled
  end

  def disconnect
    @client.close
  end

  private

  # Not every call takes a receipt of its own: a later frame that was answered tells that the earlier ones were taken.
  def settled
    @client.publish("/topic/settled", "") { |receipt| @receipts << receipt }
    wait(@receipts)
  end

  def wait(queue)
    Timeout.timeout(WAIT) { queue.pop }
  end
end

driver = Driver.new
$stdin.each_line do |line|
  command, arguments = JSON.parse(line, symbolize_names: true)
  answer = driver.public_method(command).call(**arguments)
  puts JSON.generate(answer.is_a?(Hash) ? answer : {})
  $stdout.flush
end
