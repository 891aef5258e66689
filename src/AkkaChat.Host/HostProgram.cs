using AkkaChat.Host.Accounts;
using AkkaChat.Host.Chat;
using AkkaChat.Host.Storage;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace AkkaChat.Host;

/// <summary>The composition root: one node with the chat application. What goes wrong at start is said in one line.</summary>
internal static partial class HostProgram
{
    private const string DefaultPort = "5080";

    /// <summary>How long the host may take to stop.</summary>
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(5);

    /// <summary>Runs until it is told to stop; the result is the process's exit code.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        try
        {
            await using var app = Build(args);
            await app.OpenChatDatabaseAsync();
            await app.StartAsync();
            foreach (var address in app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses)
            {
                Console.WriteLine($"AkkaChat is ready: open {address}");
            }

            await app.WaitForShutdownAsync();

            // Not 0 if the cluster has shut this node out: who watches the process starts another.
            return Environment.ExitCode;
        }
        catch (Exception exception) when (exception is AkkaChatConfigurationException or ChatDataException)
        {
            return Fail(exception.Message);
        }
        catch (IOException exception) when (exception.InnerException is AddressInUseException)
        {
            return Fail($"{exception.Message} Choose another port: PORT=5081, or --urls http://127.0.0.1:5081.");
        }
    }

    private static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = args,
            ContentRootPath = AppContext.BaseDirectory,
        });
        if (string.IsNullOrEmpty(builder.Configuration["urls"]))
        {
            builder.WebHost.UseUrls($"http://127.0.0.1:{builder.Configuration["PORT"] ?? DefaultPort}");
        }

        builder.Logging.AddSimpleConsole(console => console.SingleLine = true);
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);

        // Readiness is asked every few seconds, and "not yet" and "not any more" are no failures.
        builder.Logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None);
        builder.Logging.AddFilter("Akka", LogLevel.Warning);

        // A failed start is said once, by Fail, without a stack trace.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = StopLimit);
        builder.Services.AddChat().AddChatLogs();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.AddAkkaChat(options =>
        {
            options.ConfigurationFile = builder.Configuration["akkachat-config"];
            ChatServices.Configure(options);
        });
        AddCluster(builder);
        builder.AddChatAccounts();

        var app = builder.Build();
        app.MapChatAccounts();
        app.MapAkkaChat();
        app.MapAkkaChatApi();
        app.MapAkkaChatHealth();
        app.Services.GetRequiredService<ChatServer>().Map();
        app.MapChatPage();
        return app;
    }

    /// <summary>In <c>Clustering</c>, where the build has Akka.Cluster.</summary>
    static partial void AddCluster(IHostApplicationBuilder builder);

    private static int Fail(string message)
    {
        Console.Error.WriteLine($"AkkaChat could not start: {message}");
        return 1;
    }
}
