namespace AkkaChat.Host.Settings;

/// <summary>The chat application's settings: configuration section <c>Chat</c>, in the environment <c>Chat__Registration</c>.</summary>
internal sealed class ChatSettings
{
    private const string Section = "Chat";

    /// <summary>Whether people may make accounts themselves. Default true.</summary>
    public bool Registration { get; set; } = true;

    /// <summary>Whether people may come in with nothing but a name. Default false.</summary>
    public bool Guests { get; set; }

    /// <summary>Who registers by this name becomes administrator. By default it is who registers first.</summary>
    public string? Administrator { get; set; }

    /// <summary>The connection string of a PostgreSQL database; by default the data is in an SQLite file.</summary>
    public string? Database { get; set; }

    /// <summary>The largest file, in bytes, 1 KiB to 1 GiB. Default 10 MiB.</summary>
    public long UploadBytes { get; set; } = 10 << 20;

    /// <summary>How many bytes one person may upload within 24 hours. Default 200 MiB.</summary>
    public long UploadBytesPerDay { get; set; } = 200 << 20;

    /// <summary>How many log-ins are tried from one address within a minute, 1 to 100000. Default 10.</summary>
    public int LoginsPerMinute { get; set; } = 10;

    /// <summary>How many accounts are made from one address within a minute, 1 to 100000. Default 5.</summary>
    public int RegistrationsPerMinute { get; set; } = 5;

    /// <summary>The folder of all that is stored: <c>AKKACHAT_DATA</c>, default <c>data</c>.</summary>
    public string DataFolder { get; private set; } = "data";

    /// <summary>The SQLite file, where there is no other database.</summary>
    public string DatabaseFile => Path.Combine(DataFolder, "chat.db");

    /// <summary>The SQLite file of the rooms' logs, where there is no other database.</summary>
    public string RoomLogFile => Path.Combine(DataFolder, "rooms.db");

    /// <summary>Where the contents of uploaded files are.</summary>
    public string UploadFolder => Path.Combine(DataFolder, "uploads");

    /// <summary>Reads them.</summary>
    /// <exception cref="AkkaChatConfigurationException">One is unknown or out of range.</exception>
    public static ChatSettings Read(IConfiguration configuration)
    {
        var settings = Bind(configuration.GetSection(Section));
        settings.DataFolder = Path.GetFullPath(Filled(configuration["AKKACHAT_DATA"]) ?? settings.DataFolder);
        settings.Database = Filled(settings.Database) ?? Filled(configuration["AKKACHAT_DATABASE"]);
        settings.Administrator = Filled(settings.Administrator);
        InRange(nameof(UploadBytes), settings.UploadBytes, 1 << 10, 1 << 30);
        InRange(nameof(UploadBytesPerDay), settings.UploadBytesPerDay, settings.UploadBytes, long.MaxValue);
        InRange(nameof(LoginsPerMinute), settings.LoginsPerMinute, 1, 100_000);
        InRange(nameof(RegistrationsPerMinute), settings.RegistrationsPerMinute, 1, 100_000);
        return settings;
    }

    private static ChatSettings Bind(IConfigurationSection section)
    {
        try
        {
            return section.Get<ChatSettings>(binder => binder.ErrorOnUnknownConfiguration = true) ?? new ChatSettings();
        }
        catch (InvalidOperationException exception)
        {
            var names = string.Join(", ", typeof(ChatSettings).GetProperties().Where(IsSetting).Select(property => property.Name));
            throw new AkkaChatConfigurationException(
                $"A setting of the section {Section} is not valid: {exception.Message} Those that there are: {names}.", exception);
        }
    }

    private static bool IsSetting(System.Reflection.PropertyInfo property) => property.SetMethod is { IsPublic: true };

    private static void InRange(string name, long value, long least, long most)
    {
        if (value < least || value > most)
        {
            throw new AkkaChatConfigurationException($"{Section}:{name} is {value}; it must be from {least} to {most}.");
        }
    }

    private static string? Filled(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();
}
