using AkkaChat.Settings;
using AkkaChat.Web.Tests.Support;
using Microsoft.AspNetCore.Builder;

namespace AkkaChat.Web.Tests.Settings;

/// <summary>Settings as an operator meets them: where they may stand, which wins, and what a mistake is told.</summary>
public sealed class SettingsTests
{
    [Theory]
    [InlineData("ping-interval", "9ms", "a time from 10ms to 1d")]
    [InlineData("ping-interval", "2d", "a time from 10ms to 1d")]
    [InlineData("ping-interval", "soon", "a time from 10ms to 1d")]
    [InlineData("ping-interval", "-5s", "a time from 10ms to 1d")]
    [InlineData("ping-timeout", "infinite", "a time from 10ms to 1d")]
    [InlineData("upgrade-timeout", "2h", "a time from 10ms to 1h")]
    [InlineData("max-payload", "1023", "a size from 1024 to 268435456 bytes")]
    [InlineData("max-payload", "1GiB", "a size from 1024 to 268435456 bytes")]
    [InlineData("max-payload", "much", "a size from 1024 to 268435456 bytes")]
    [InlineData("outbox-limit", "16383", "a size from 16384 to 1073741824 bytes")]
    [InlineData("max-pending-events", "0", "a whole number from 1 to 100000")]
    [InlineData("max-pending-events", "1.5", "a whole number from 1 to 100000")]
    [InlineData("max-attachments", "1001", "a whole number from 0 to 1000")]
    [InlineData("allow-upgrades", "perhaps", "on or off")]
    [InlineData("transports", "carrier-pigeon", "a list of polling and websocket")]
    [InlineData("transports", "", "a list of polling and websocket")]
    [InlineData("websocket-bridge", "ropes", "one of auto, streams, loops")]
    [InlineData("path", "socket.io", "a path that begins with a slash")]
    [InlineData("path", "/", "a path that begins with a slash")]
    [InlineData("path", "/a?b", "a path that begins with a slash")]
    [InlineData("cluster.listen", "10.0.0.7", "an IP address and a port")]
    [InlineData("cluster.listen", "::1", "an IP address and a port")]
    [InlineData("cluster.listen", "node-1:5081", "an IP address and a port")]
    [InlineData("cluster.listen", "10.0.0.7:65536", "an IP address and a port")]
    [InlineData("cluster.listen", "10.0.0.7:5081", "none without akkachat.cluster.secret")]
    [InlineData("cluster.node", "node-1:4053", "an IP address and a port")]
    [InlineData("cluster.seeds", "node-1", "a list of hosts with ports")]
    [InlineData("cluster.seeds", "node 1:4053", "a list of hosts with ports")]
    [InlineData("cluster.seeds", "node-1:0", "a list of hosts with ports")]
    [InlineData("cluster.name", "my cluster", "1 to 32 letters of ASCII")]
    [InlineData("cluster.application", "-", "1 to 32 letters of ASCII")]
    [InlineData("cluster.shards", "0", "a whole number from 1 to 100000")]
    [InlineData("drain.delay", "2h", "a time from 0s to 1h")]
    [InlineData("drain.time", "-1s", "a time from 0s to 1h")]
    [InlineData("cluster.answer-timeout", "49ms", "a time from 50ms to")]
    [InlineData("cluster.answer-timeout", "61s", "a time from 50ms to")]
    public void A_value_out_of_range_stops_the_start_with_key_value_and_range(string key, string value, string range)
    {
        var exception = Assert.Throws<AkkaChatConfigurationException>(() => Load((key, value)));
        Assert.Contains($"akkachat.{key} = '{value}' is not accepted", exception.Message, StringComparison.Ordinal);
        Assert.Contains(range, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("31-characters-are-one-too-few.x")]
    [InlineData("a secret with spaces is no header value at all")]
    [InlineData("ein Geheimnis darf keine Umlaute haben: äöü")]
    public void A_secret_that_is_not_accepted_is_not_shown(string secret)
    {
        var exception = Assert.Throws<AkkaChatConfigurationException>(() => Load(("cluster.secret", secret)));
        Assert.Contains("akkachat.cluster.secret is not accepted", exception.Message, StringComparison.Ordinal);
        Assert.Contains("at least 32 characters", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, exception.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("31-characters-are-one-too-few.x")]
    [InlineData("a-key-that-is-long-enough-as-it-is,a-key with spaces is not a header value")]
    [InlineData("a-key-that-is-long-enough-as-it-is,ein-Key-darf-keine-Umlaute-haben-äöü-haben")]
    public void Keys_that_are_not_accepted_are_not_shown(string keys)
    {
        var exception = Assert.Throws<AkkaChatConfigurationException>(() => Load(("api.keys", keys)));
        Assert.Contains("akkachat.api.keys is not accepted", exception.Message, StringComparison.Ordinal);
        Assert.Contains("at least 32 characters", exception.Message, StringComparison.Ordinal);
        Assert.All(keys.Split(','), key => Assert.DoesNotContain(key, exception.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public void Keys_of_the_API_are_a_list_by_default_an_empty_one()
    {
        string[] keys = [new('a', 32), new('b', 32)];
        Assert.Empty(Load().Api.Keys);
        Assert.Empty(Load(("api.keys", "")).Api.Keys);
        Assert.Equal(keys, Load(("api.keys", string.Join(", ", keys))).Api.Keys);
        Assert.Equal(keys, SettingsLoader.Read(WithFile($"akkachat.api.keys = [\"{keys[0]}\", \"{keys[1]}\"]"), new AkkaChatOptions()).Api.Keys);
        Assert.DoesNotContain(keys[0], Load(("api.keys", keys[0])).ToString(), StringComparison.Ordinal);
        Assert.Throws<AkkaChatConfigurationException>(
            () => SettingsLoader.Read(WithFile("akkachat.api.keys = { a = 1 }"), new AkkaChatOptions()));
    }

    [Fact]
    public void A_node_listens_to_others_and_hands_on_only_if_it_is_told_to()
    {
        var secret = new string('s', 32);
        Assert.Equal((null, null, TimeSpan.FromSeconds(1)), Cluster());
        Assert.Equal((null, secret, TimeSpan.FromMilliseconds(50)), Cluster(("secret", secret), ("answer-timeout", "50ms")));
        Assert.Equal(
            ("[::1]:5081", secret, TimeSpan.FromMinutes(1)),
            Cluster(("secret", secret), ("listen", "[::1]:5081"), ("answer-timeout", "1m")));
        Assert.DoesNotContain(secret, Load(("cluster.secret", secret)).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Seeds_are_names_or_addresses_with_ports_and_none_makes_a_cluster_of_its_own()
    {
        Assert.Empty(Load().Cluster.Seeds);
        Assert.Equal(
            ["10.0.0.7:4053", "::1:4053", "nodes.example.com:4054"],
            Load(("cluster.seeds", "10.0.0.7:4053, [::1]:4053, nodes.example.com:4054")).Cluster.Seeds.Select(seed => $"{seed.Host}:{seed.Port}"));
    }

    [Fact]
    public void A_value_set_in_code_is_checked_as_any_other()
    {
        var exception = Assert.Throws<AkkaChatConfigurationException>(
            () => WebApplication.CreateSlimBuilder().AddAkkaChat(options => options.PingTimeout = TimeSpan.FromMilliseconds(9)));
        Assert.Contains("akkachat.ping-timeout = '9ms' is not accepted", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ping-intervall")]
    [InlineData("cors.origin")]
    [InlineData("PingInterval")]
    public void A_key_that_does_not_exist_stops_the_start_and_lists_those_that_do(string key)
    {
        var exception = Assert.Throws<AkkaChatConfigurationException>(() => Load((key, "10s")));
        Assert.Contains($"akkachat.{key}", exception.Message, StringComparison.Ordinal);
        Assert.Contains("ping-interval", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_that_does_not_exist_is_found_in_a_file_too()
    {
        var exception = Assert.Throws<AkkaChatConfigurationException>(() => WithFile("akkachat { cookie { colour = red } }"));
        Assert.Contains("akkachat.cookie.colour", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("akkachat { ping-interval = }")]
    [InlineData("akkachat { ping-interval = { } }")]
    [InlineData("akkachat { ping-interval = [] }")]
    [InlineData("akkachat { ping-interval }")]
    public void A_file_that_is_not_hocon_or_has_no_value_is_refused(string hocon) => Assert.Throws<AkkaChatConfigurationException>(
        () => SettingsLoader.Read(WithFile(hocon), new AkkaChatOptions()));

    [Fact]
    public void A_file_that_is_not_there_is_named()
    {
        var exception = Assert.Throws<AkkaChatConfigurationException>(
            () => SettingsLoader.Merge("/no/such.conf", _ => null, []));
        Assert.Contains("/no/such.conf", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ping-interval", "AKKACHAT_PING_INTERVAL")]
    [InlineData("cors.origins", "AKKACHAT_CORS_ORIGINS")]
    [InlineData("http-compression.threshold", "AKKACHAT_HTTP_COMPRESSION_THRESHOLD")]
    public void Every_key_has_a_variable_in_the_environment(string key, string variable) =>
        Assert.Equal(variable, SettingsLoader.EnvironmentName(key));

    [Fact]
    public void A_mistake_in_the_environment_is_told_as_any_other()
    {
        var merged = SettingsLoader.Merge(null, name => name == "AKKACHAT_MAX_PAYLOAD" ? "7" : null, []);
        var exception = Assert.Throws<AkkaChatConfigurationException>(() => SettingsLoader.Read(merged, new AkkaChatOptions()));
        Assert.Contains("akkachat.max-payload = '7'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Code_wins_over_the_command_line_over_the_environment_over_the_file_over_the_defaults()
    {
        const string Hocon = "akkachat { ping-interval = 1s, ping-timeout = 1s, upgrade-timeout = 1s, connect-timeout = 1s }";
        static string? FromEnvironment(string name) => name switch
        {
            "AKKACHAT_PING_TIMEOUT" or "AKKACHAT_UPGRADE_TIMEOUT" or "AKKACHAT_CONNECT_TIMEOUT" => "2s",
            _ => null,
        };

        var merged = WithFile(Hocon, FromEnvironment, ("upgrade-timeout", "3s"), ("connect-timeout", "3s"));
        var settings = SettingsLoader.Read(merged, new AkkaChatOptions { ConnectTimeout = TimeSpan.FromSeconds(4) });
        Assert.Equal(
            [1, 2, 3, 4, 60],
            new[] { settings.PingInterval, settings.PingTimeout, settings.UpgradeTimeout, settings.ConnectTimeout, settings.CallTimeout }
                .Select(time => time.TotalSeconds));
    }

    [Fact]
    public void Lists_are_written_with_commas_where_there_is_only_text()
    {
        var settings = Load(("cors.origins", "https://a.example, https://b.example:8443"), ("transports", "websocket"));
        Assert.Equal(["https://a.example", "https://b.example:8443"], settings.Cors.Origins);
        Assert.Single(settings.Transports);
    }

    [Fact]
    public async Task Settings_stand_in_the_applications_configuration_as_well()
    {
        await using var server = await TestServer.StartAsync(settings: [("max-payload", "2KiB"), ("ping-interval", "59s")]);
        var client = await server.OpenPollingAsync();

        Assert.Equal(2048, client.Opened.GetProperty("maxPayload").GetInt32());
        Assert.Equal(60_000, client.Opened.GetProperty("pingInterval").GetInt32());
    }

    [Fact]
    public void Mapping_without_adding_says_what_to_add()
    {
        var exception = Assert.Throws<InvalidOperationException>(
            () => WebApplication.CreateSlimBuilder().Build().MapAkkaChat());
        Assert.Contains("AddAkkaChat", exception.Message, StringComparison.Ordinal);
    }

    private static (string? Listen, string? Secret, TimeSpan AnswerTimeout) Cluster(params (string Key, string Value)[] named)
    {
        var cluster = Load([.. named.Select(pair => ("cluster." + pair.Key, pair.Value))]).Cluster;
        return (cluster.Listen?.ToString(), cluster.Secret, cluster.AnswerTimeout);
    }

    private static AkkaChatSettings Load(params (string Key, string Value)[] named) => SettingsLoader.Read(
        SettingsLoader.Merge(null, _ => null, named.Select(pair => KeyValuePair.Create(pair.Key, pair.Value))),
        new AkkaChatOptions());

    private static Akka.Configuration.Config WithFile(
        string hocon, Func<string, string?>? environment = null, params (string Key, string Value)[] named)
    {
        var file = Path.ChangeExtension(Path.GetTempFileName(), ".conf");
        try
        {
            File.WriteAllText(file, hocon);
            return SettingsLoader.Merge(
                file, environment ?? (_ => null), named.Select(pair => KeyValuePair.Create(pair.Key, pair.Value)));
        }
        finally
        {
            File.Delete(file);
        }
    }
}
