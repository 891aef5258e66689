using System.Security.Claims;
using AkkaChat.Host.Accounts;
using AkkaChat.Host.Chat;
using AkkaChat.Host.Storage;
using AkkaChat.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AkkaChat.Host.Tests.Support;

/// <summary>The chat's HTTP half in this process, with a folder of its own, on a clock that stands still.</summary>
internal sealed class ChatSite : IAsyncDisposable
{
    public const string Password = "correct horse battery";

    /// <summary>So many rounds make no safe hash, and tests quick.</summary>
    private const int QuickHashing = 1000;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("akkachat-");
    private readonly WebApplication _app;

    private ChatSite(Dictionary<string, string?> settings)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>(settings)
        {
            ["AKKACHAT_DATA"] = _folder.FullName,
        });
        builder.WebHost.UseTestServer();
        builder.AddAkkaChat(options =>
        {
            options.ServeClient = false;
            ChatServices.Configure(options);
        });
        builder.AddChatAccounts();
        builder.Services.AddChat().AddMemoryRoomLogs();
        FaultyChat.AddTo(builder.Services, Fault);
        builder.Services.UseTestClock();
        builder.Services.Configure<PasswordHasherOptions>(hashing => hashing.IterationCount = QuickHashing);
        _app = builder.Build();
        _app.MapChatAccounts();
        _app.MapAkkaChat().OnConnect(JoinLoginAsync);
    }

    public ChatTestServer Chat { get; private set; } = null!;

    public TestClock Clock => Chat.Clock;

    /// <summary>Lets something that the application asks of the server fail.</summary>
    public Fault Fault { get; } = new();

    public string UploadFolder => Path.Combine(_folder.FullName, "uploads");

    public ChatDatabase Database => Service<ChatDatabase>();

    /// <summary>Starts it; limits are far away unless the settings say otherwise.</summary>
    public static async Task<ChatSite> StartAsync(Dictionary<string, string?>? settings = null)
    {
        var all = new Dictionary<string, string?> { ["Chat:LoginsPerMinute"] = "1000", ["Chat:RegistrationsPerMinute"] = "1000" };
        foreach (var (name, value) in settings ?? [])
        {
            all[name] = value;
        }

        var site = new ChatSite(all);
        await site._app.OpenChatDatabaseAsync();
        await site._app.StartAsync();
        site.Chat = ChatTestServer.For(site._app);
        return site;
    }

    public T Service<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    /// <summary>Somebody whom the server does not know yet.</summary>
    public Visitor Visit(string? token = null, bool isSecure = false)
    {
        var http = _app.GetTestClient();
        http.BaseAddress = new Uri(isSecure ? "https://localhost" : "http://localhost");
        return new Visitor(http) { Token = token };
    }

    public async Task<Visitor> RegisterAsync(string name)
    {
        var visitor = Visit();
        await visitor.EnterAsync("/api/register", new { name, password = Password });
        return visitor;
    }

    public async Task<Visitor> LogInAsync(string name)
    {
        var visitor = Visit();
        await visitor.EnterAsync("/api/login", new { name, password = Password });
        return visitor;
    }

    /// <summary>A program of that person's.</summary>
    public async Task<Visitor> IssueTokenAsync(Visitor person) =>
        Visit(token: (await person.PostAsync("/api/tokens", new { label = "robot" })).IsOk().GetProperty("token").GetString());

    public Task<TestClient> ConnectAsync(Visitor visitor) => Chat.ConnectAsync(headers: visitor.Headers);

    public Task ExecuteAsync(string sql, object? parameters = null) =>
        Database.WriteAsync(session => session.ExecuteAsync(sql, parameters));

    public async ValueTask DisposeAsync()
    {
        await Chat.DisposeAsync();
        await _app.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    /// <summary>As the chat's socket side does.</summary>
    private static async Task<Connect> JoinLoginAsync(Socket socket)
    {
        if (socket.User.FindFirst(ChatLoginHandler.LoginClaim) is not { } login
            || socket.User.FindFirst(ClaimTypes.NameIdentifier) is not { } account)
        {
            return Connect.Refuse("Log in first.", new { code = "not_signed_in" });
        }

        await SignOut.AttachAsync(socket, account.Value, login.Value);
        return Connect.Accept;
    }
}
