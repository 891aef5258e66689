using System.Text.Json;
using AkkaChat.Settings;

namespace AkkaChat.Tests.Settings;

/// <summary>Defaults, then a file, the environment, named values, and options in code: the later wins.</summary>
public sealed class SettingsLayersTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();
    private readonly Dictionary<string, string> _environment = [];
    private readonly Dictionary<string, string> _named = [];
    private readonly AkkaChatOptions _options = new();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void Each_layer_wins_over_those_before_it()
    {
        Write("akkachat { ping-interval = 1s, ping-timeout = 1s, upgrade-timeout = 1s, connect-timeout = 1s }");
        _environment["AKKACHAT_PING_TIMEOUT"] = "2s";
        _environment["AKKACHAT_UPGRADE_TIMEOUT"] = "2s";
        _environment["AKKACHAT_CONNECT_TIMEOUT"] = "2s";
        _named["upgrade-timeout"] = "3s";
        _named["connect-timeout"] = "3s";
        _options.ConnectTimeout = TimeSpan.FromSeconds(4);
        var settings = Load();

        Assert.Equal(1, settings.PingInterval.TotalSeconds);
        Assert.Equal(2, settings.PingTimeout.TotalSeconds);
        Assert.Equal(3, settings.UpgradeTimeout.TotalSeconds);
        Assert.Equal(4, settings.ConnectTimeout.TotalSeconds);
        Assert.Equal(60, settings.CallTimeout.TotalSeconds);
    }

    [Fact]
    public void A_file_needs_only_what_differs_and_may_hold_settings_of_others()
    {
        Write("akka.loglevel = DEBUG\nmy-app { x = 1 }\nakkachat.cors.origins = [\"https://a.example\"]");

        Assert.Equal(["https://a.example"], Load().Cors.Origins);
        Assert.Equal("DEBUG", Merge().GetString("akka.loglevel", ""));
    }

    [Theory]
    [InlineData("ping-interval", "AKKACHAT_PING_INTERVAL")]
    [InlineData("cors.origins", "AKKACHAT_CORS_ORIGINS")]
    [InlineData("http-compression.threshold", "AKKACHAT_HTTP_COMPRESSION_THRESHOLD")]
    public void The_environments_names_follow_from_the_keys(string key, string name) =>
        Assert.Equal(name, SettingsLoader.EnvironmentName(key));

    [Fact]
    public void A_list_in_the_environment_is_written_with_commas()
    {
        _environment["AKKACHAT_CORS_ORIGINS"] = "https://a.example, https://b.example";
        _environment["AKKACHAT_TRANSPORTS"] = "websocket";
        var settings = Load();

        Assert.Equal(["https://a.example", "https://b.example"], settings.Cors.Origins);
        Assert.Single(settings.Transports);
    }

    [Fact]
    public void Texts_in_the_environment_are_texts_whatever_stands_in_them()
    {
        _environment["AKKACHAT_PATH"] = "/a\"b\\c$d=e,f//";

        Assert.Equal("/a\"b\\c$d=e,f/", Load().Path);
    }

    [Fact]
    public void The_environment_has_names_of_others_too()
    {
        _environment["AKKACHAT_FEED"] = "standard";
        _environment["AKKACHAT_PING_INTERVALL"] = "1s";

        Assert.Equal(25, Load().PingInterval.TotalSeconds);
    }

    [Fact]
    public void Wrong_values_of_the_environment_and_of_options_are_refused_as_those_of_a_file()
    {
        _environment["AKKACHAT_PING_TIMEOUT"] = "1ms";
        Assert.Contains("akkachat.ping-timeout = '1ms'", Refuse(), StringComparison.Ordinal);

        _environment.Clear();
        _options.PingTimeout = TimeSpan.FromTicks(5);
        Assert.Contains("akkachat.ping-timeout = ", Refuse(), StringComparison.Ordinal);
        _options.PingTimeout = Timeout.InfiniteTimeSpan;
        Assert.Contains("a time from 10ms to 1d", Refuse(), StringComparison.Ordinal);
        _options.PingTimeout = TimeSpan.MaxValue;
        Assert.Contains("a time from 10ms to 1d", Refuse(), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_option_in_code_is_applied()
    {
        _options.Path = "/rt";
        _options.Transports = ["websocket"];
        _options.AllowUpgrades = false;
        _options.PingInterval = TimeSpan.FromMilliseconds(300);
        _options.PingTimeout = TimeSpan.FromMilliseconds(200.5);
        _options.UpgradeTimeout = TimeSpan.FromSeconds(1);
        _options.ConnectTimeout = TimeSpan.FromSeconds(2);
        _options.MaxPayload = 2048;
        _options.OutboxLimit = 20_000;
        _options.MaxPendingEvents = 7;
        _options.EmitTimeout = TimeSpan.FromSeconds(3);
        _options.CallTimeout = TimeSpan.FromSeconds(4);
        _options.Origins = ["https://a.example"];
        _options.AllowCredentials = true;
        _options.ServeClient = false;
        _options.WebSocketCompression = true;
        _options.DirectWrites = false;
        _options.WebSocketBridge = "loops";
        _options.JsonSerializerOptions = new JsonSerializerOptions();
        var settings = Load();

        Assert.Equal(
            ("/rt/", 1, false, 300.0, 200.5, 1.0, 2.0, 2048, 20_000L, 7),
            (settings.Path, settings.Transports.Count, settings.AllowUpgrades, settings.PingInterval.TotalMilliseconds,
                settings.PingTimeout.TotalMilliseconds, settings.UpgradeTimeout.TotalSeconds,
                settings.ConnectTimeout.TotalSeconds, settings.MaxPayload, settings.OutboxLimit, settings.MaxPendingEvents));
        Assert.Equal(
            (3.0, 4.0, "https://a.example", true, false, true, false, "loops"),
            (settings.EmitTimeout.TotalSeconds, settings.CallTimeout.TotalSeconds, settings.Cors.Origins[0],
                settings.Cors.Credentials, settings.ServeClient, settings.WebSocketCompression,
                settings.DirectWrites, settings.WebSocketBridge));
        Assert.Same(_options.JsonSerializerOptions, settings.Json);
    }

    [Theory]
    [InlineData("akkachat.ping-intervall = 1s", "akkachat.ping-intervall")]
    [InlineData("akkachat { cors { origin = [] } }", "akkachat.cors.origin")]
    [InlineData("akkachat { cookie = on }", "akkachat.cookie")]
    [InlineData("akkachat { path { a = b } }", "akkachat.path.a")]
    public void An_unknown_key_in_a_file_is_refused_with_its_name_the_file_and_the_known_ones(string hocon, string key)
    {
        Write(hocon);
        var message = Refuse();

        Assert.StartsWith($"{key}, in {_file}, is not a setting. Accepted keys: ", message);
        Assert.Contains("ping-interval", message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_named_key_is_refused()
    {
        _named["ping-intervall"] = "1s";
        Assert.StartsWith("akkachat.ping-intervall, in the command line or appsettings, is not a setting.", Refuse());
    }

    [Fact]
    public void A_file_that_is_not_there_is_refused()
    {
        File.Delete(_file);
        var message = Refuse();

        Assert.Contains("cannot be read", message, StringComparison.Ordinal);
        Assert.Contains(_file, message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("akkachat { path = ${missing} }")]
    [InlineData("akkachat = [")]
    [InlineData("include \"other.conf\"")]
    public void A_file_that_is_not_HOCON_is_refused_and_named(string text)
    {
        Write(text);
        Assert.Contains(_file, Refuse(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_file_changes_nothing()
    {
        Write("");
        Assert.Equal(25, Load().PingInterval.TotalSeconds);
    }

    private void Write(string hocon) => File.WriteAllText(_file, hocon);

    private Akka.Configuration.Config Merge() => SettingsLoader.Merge(_file, _environment.GetValueOrDefault, _named);

    private AkkaChatSettings Load() => SettingsLoader.Read(Merge(), _options);

    private string Refuse() => Assert.Throws<AkkaChatConfigurationException>(Load).Message;
}
